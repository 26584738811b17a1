import { open } from 'node:fs/promises';
import { damaged, type FileChecksum, readVerified } from '../files/checksummedFile.js';
import { SectionReader } from '../files/sectionReader.js';
import { SectionWriter } from '../files/sectionWriter.js';
import { strideOf } from './quantizedRows.js';
import { RowQuantizer } from './rowQuantizer.js';
import { type SharedRowsMemory, threadBytes } from './sharedRows.js';
import { allocateShared } from './simd.js';

const ROWS_A_PIECE = 1024;
/** Where the file begins in memory: its rows then begin at a multiple of 64 bytes, as those of a cache do. */
const FILE_AT = 56;

/**
 * Writes `vectors-quantized.bin` from `vectors.f32`: `rows`, each padded to a multiple of 16 bytes, `scales` by row, and the
 * largest `error` of a cosine.
 */
export async function writeQuantizedFile(
  vectorsPath: string,
  dimension: number,
  path: string,
): Promise<FileChecksum> {
  const source = await open(vectorsPath, 'r');
  const to = new SectionWriter(path);
  try {
    const count = (await source.stat()).size / (4 * dimension);
    const stride = strideOf(dimension);
    const quantizer = new RowQuantizer(dimension);
    const scales = new Float32Array(count);
    const vectors = new Float32Array(ROWS_A_PIECE * dimension);
    to.begin('rows', 'u8');
    for (let from = 0; from < count; from += ROWS_A_PIECE) {
      const rows = Math.min(ROWS_A_PIECE, count - from);
      const bytes = new Uint8Array(vectors.buffer, 0, 4 * rows * dimension);
      const { bytesRead } = await source.read(bytes, 0, bytes.length, 4 * from * dimension);
      if (bytesRead < bytes.length) throw damaged(vectorsPath, 'ends early');
      const piece = new Int8Array(rows * stride);
      for (let row = 0; row < rows; row++) {
        const vector = vectors.subarray(row * dimension, (row + 1) * dimension);
        scales[from + row] = quantizer.add(vector, piece, row);
      }
      to.write(new Uint8Array(piece.buffer));
    }
    to.end();
    to.array('scales', scales);
    to.array('error', Float64Array.of(quantizer.error));
    return await to.finish();
  } finally {
    to.close();
    await source.close();
  }
}

/** Reads `vectors-quantized.bin` into memory that threads share. UserError if it is damaged. */
export async function readQuantizedFile(
  path: string,
  expected: FileChecksum,
  dimension: number,
): Promise<SharedRowsMemory> {
  const threadsAt = 16 * Math.ceil((FILE_AT + expected.bytes) / 16);
  const memory = allocateShared(threadsAt + threadBytes(dimension));
  const bytes = new Uint8Array(memory.buffer, FILE_AT, expected.bytes);
  await readVerified(path, expected, bytes);
  const sections = new SectionReader(path, bytes);
  const rows = sections.u8('rows');
  const scales = sections.f32('scales');
  if (rows.length !== scales.length * strideOf(dimension))
    throw damaged(path, `does not hold one row of ${dimension} numbers for each of ${scales.length} scales`);
  return {
    memory,
    count: scales.length,
    dimension,
    rowsAt: rows.byteOffset,
    scalesAt: scales.byteOffset,
    threadsAt,
    error: sections.f64('error')[0] ?? 0,
  };
}
