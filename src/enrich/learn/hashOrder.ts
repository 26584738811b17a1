/**
 * Row numbers in an order that is random and yet depends on each row's id and the seed alone: a row more or less moves
 * no other row, so that what is learned from the same rows stays the same.
 */
export function hashOrder(ids: readonly string[], seed: number): Int32Array {
  const keys = ids.map((id) => hashOf(id, seed));
  return Int32Array.from(ids.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
}

/** FNV-1a over UTF-16 units, then the finalizer of MurmurHash3, so that similar ids land far apart; 32 bits. */
export function hashOf(id: string, seed: number): number {
  let state = 0x811c9dc5 ^ seed;
  for (let at = 0; at < id.length; at++) state = Math.imul(state ^ id.charCodeAt(at), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
