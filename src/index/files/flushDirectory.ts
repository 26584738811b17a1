import { open } from 'node:fs/promises';

/**
 * Flushes a folder's entries to the disk (fsync). Does nothing where the system does not support it
 * (Windows).
 */
export async function flushDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r').catch(() => undefined);
  if (handle === undefined) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
