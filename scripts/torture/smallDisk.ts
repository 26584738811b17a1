import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FILLER = 'filler';
const PAGE = 4096;

/** Why no small disk can be made here; undefined where it can. */
export function lackingForMounts(): string | undefined {
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

/** A disk of so many bytes, in memory, that can be filled and given room again. `close` unmounts it. */
export class SmallDisk {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'shelfwright-disk-'));
  readonly #filler = path.join(this.dir, FILLER);

  constructor(bytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', this.dir]);
  }

  /** Takes all room but about so many bytes. */
  fill(leave = 0): void {
    const page = Buffer.alloc(PAGE);
    const file = openSync(this.#filler, 'a');
    try {
      while (this.room() > leave) writeSync(file, page);
    } catch (error) {
      // Others took the last of it meanwhile: as full as can be.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    } finally {
      closeSync(file);
    }
  }

  room(): number {
    const { bavail, bsize } = statfsSync(this.dir);
    return bavail * bsize;
  }

  giveRoom(): void {
    rmSync(this.#filler, { force: true });
  }

  close(): void {
    // Lazily, for a process that failed to end must not keep the disk.
    execFileSync('umount', ['-l', this.dir]);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Mounts a folder over itself so that nothing in it can be written; the returned function takes that back. */
export function makeReadOnly(dir: string): () => void {
  execFileSync('mount', ['--bind', dir, dir]);
  execFileSync('mount', ['-o', 'remount,bind,ro', dir]);
  return () => {
    execFileSync('umount', ['-l', dir]);
  };
}
