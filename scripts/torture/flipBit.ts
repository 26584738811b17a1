import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Positions to flip a bit at: in the first byte, in the last, in the header, anywhere. */
export const POSITIONS = 4;
const HEADER = 64;

/** Flips one bit of a file at one of the `POSITIONS`, in place, and returns the offset of its byte. */
export function flipBit(file: string, position: number, random: () => number): number {
  const { size } = statSync(file);
  const at =
    [0, size - 1, Math.floor(random() * Math.min(HEADER, size)), Math.floor(random() * size)][position] ?? 0;
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
