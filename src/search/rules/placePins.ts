/** A product that is to stand at a position, counted from 1. */
export interface Pin {
  readonly ordinal: number;
  readonly position: number;
  /** The rule that says so. */
  readonly rule: string;
}

/**
 * Puts pinned products where they belong in a list: each at its position, or at the first free one after it
 * where another was put there before; at the end where the list is shorter. The others keep their order.
 * `pins` ascend by position and name each product once; the list may hold them already, or not.
 */
export function placePins(listed: number[], pins: readonly Pin[]): number[] {
  if (pins.length === 0) return listed;
  const pinned = new Set(pins.map(({ ordinal }) => ordinal));
  const others = listed.filter((ordinal) => !pinned.has(ordinal));
  const placed: number[] = [];
  let other = 0;
  for (const { ordinal, position } of pins) {
    while (placed.length < position - 1 && other < others.length) placed.push(others[other++] ?? 0);
    placed.push(ordinal);
  }
  return placed.concat(others.slice(other));
}
