/** How exactly numbers are compared. */
export interface Precision {
  /**
   * Whether whole numbers are counts of what a model has learned. Processors add up floating-point numbers in different
   * orders, so a few of many values may fall on the other side of a threshold.
   */
  readonly learned: boolean;
}

const DECIMALS = { absolute: 0.02, relative: 0.02 };
const COUNTS = { absolute: 3, relative: 0.05 };

/**
 * Whether two numbers say the same: whole ones exactly, others to within .02 or 2 %, and counts of what was learned to
 * within 3 or 5 %, whichever allows more.
 */
export function agree(expected: number, actual: number, { learned }: Precision): boolean {
  if (expected === actual) return true;
  const whole = Number.isInteger(expected) && Number.isInteger(actual);
  if (whole && !learned) return false;
  const { absolute, relative } = whole ? COUNTS : DECIMALS;
  return Math.abs(expected - actual) <= Math.max(absolute, relative * Math.abs(expected)) + 1e-9;
}
