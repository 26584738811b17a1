import { open } from 'node:fs/promises';

/** Flushes the names in a folder to the disk. Where the system has no such thing (Windows), nothing. */
export async function flushDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r').catch(() => undefined);
  if (handle === undefined) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
