/**
 * Whether a vector is all zeros, which stands for a text that the transformer cannot read: it has no token that the model
 * knows, and a vector of unknown tokens is near every other of its kind.
 */
export function isEmptyVector(vector: Float32Array): boolean {
  return vector.every((number) => number === 0);
}
