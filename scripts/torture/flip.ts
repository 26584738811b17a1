import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Places in a file to flip a byte at: its first, its last, one of its header, one anywhere. */
export const PLACES = 4;
const HEADER = 64;

/** Flips one bit in one of the `PLACES`, in the file itself, and returns where. */
export function flip(file: string, place: number, random: () => number): number {
  const { size } = statSync(file);
  const at =
    [0, size - 1, Math.floor(random() * Math.min(HEADER, size)), Math.floor(random() * size)][place] ?? 0;
  const fd = openSync(file, 'r+');
  try {
    const byte = Buffer.alloc(1);
    readSync(fd, byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ (1 << Math.floor(random() * 8));
    writeSync(fd, byte, 0, 1, at);
  } finally {
    closeSync(fd);
  }
  return at;
}
