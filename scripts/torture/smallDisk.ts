import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FILLER = 'filler';
const PAGE = 4096;

/** Why a small disk cannot be mounted here; undefined if it can. */
export function mountObstacle(): string | undefined {
  const dir = mkdtempSync(path.join(tmpdir(), 'shelfwright-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'pipe' });
    execFileSync('umount', [dir], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `mounting is not allowed here (${error instanceof Error ? error.message.split('\n')[0] : ''})`;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A disk in memory with the given size in bytes, which can be filled and emptied. `close` unmounts it. */
export class SmallDisk {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'shelfwright-disk-'));
  readonly #filler = path.join(this.dir, FILLER);

  constructor(bytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', this.dir]);
  }

  /** Fills the disk except for about `free` bytes. */
  fill(free = 0): void {
    const page = Buffer.alloc(PAGE);
    const file = openSync(this.#filler, 'a');
    try {
      while (this.availableBytes() > free) writeSync(file, page);
    } catch (error) {
      // Other processes used the rest: the disk is full.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    } finally {
      closeSync(file);
    }
  }

  availableBytes(): number {
    const { bavail, bsize } = statfsSync(this.dir);
    return bavail * bsize;
  }

  freeSpace(): void {
    rmSync(this.#filler, { force: true });
  }

  close(): void {
    // Lazily, so that a process that is still running does not prevent it.
    execFileSync('umount', ['-l', this.dir]);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Makes a folder read-only by mounting it over itself; the returned function unmounts it. */
export function makeReadOnly(dir: string): () => void {
  execFileSync('mount', ['--bind', dir, dir]);
  execFileSync('mount', ['-o', 'remount,bind,ro', dir]);
  return () => {
    execFileSync('umount', ['-l', dir]);
  };
}
