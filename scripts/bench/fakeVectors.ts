import { seededRandom } from '../../src/domain/seededRandom.js';

export const VECTOR_DIMENSION = 384;

const words = new Map<string, Float32Array>();

/** A unit vector made of the words of a text: texts with words in common are near, and it takes microseconds. */
export function fakeVector(text: string): Float32Array {
  const sum = new Float32Array(VECTOR_DIMENSION);
  for (const word of text.toLowerCase().split(/\s+/)) {
    const vector = wordVector(word);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  }
  const length = Math.hypot(...sum);
  return length === 0 ? wordVector('') : sum.map((value) => value / length);
}

function wordVector(word: string): Float32Array {
  const known = words.get(word);
  if (known !== undefined) return known;
  let seed = 0;
  for (let i = 0; i < word.length; i++) seed = (Math.imul(seed, 31) + word.charCodeAt(i)) >>> 0;
  const random = seededRandom(seed);
  const vector = Float32Array.from({ length: VECTOR_DIMENSION }, () => random() - 0.5);
  words.set(word, vector);
  return vector;
}
