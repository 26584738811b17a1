import { type FileHandle, open } from 'node:fs/promises';
import { onTestFinished, vi } from 'vitest';

/**
 * Replaces `datasync` of all file handles for this test: `flush` gets the real one and the inode number of the file.
 */
export async function replaceFlush(
  flush: (real: () => Promise<void>, inode: number) => Promise<void>,
): Promise<void> {
  const handle = await open(process.execPath);
  const handles: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  const real = handles.datasync;
  const replaced = vi.spyOn(handles, 'datasync').mockImplementation(async function (this: FileHandle) {
    await flush(() => real.call(this), (await this.stat()).ino);
  });
  onTestFinished(() => replaced.mockRestore());
}
