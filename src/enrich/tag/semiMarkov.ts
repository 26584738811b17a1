/** Spans of a sequence of tokens, ordered by the first token, then by the last. */
export interface Spans {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Probability of each span to be the one answer, into `out`; the probability that none is, is returned. A softmax
 * over all spans and the empty answer, whose score is 0.
 */
export function oneOf(scores: Float64Array, out: Float64Array): number {
  let highest = 0;
  for (let x = 0; x < out.length; x++) highest = Math.max(highest, scores[x] ?? 0);
  const none = Math.exp(-highest);
  let sum = none;
  for (let x = 0; x < out.length; x++) {
    const odds = Math.exp((scores[x] ?? 0) - highest);
    out[x] = odds;
    sum += odds;
  }
  for (let x = 0; x < out.length; x++) out[x] = (out[x] ?? 0) / sum;
  return none / sum;
}

/**
 * Probability of each span to be one of the answers, into `out`: the marginals of a semi-Markov random field
 * (Sarawagi & Cohen 2004) over all ways to pick spans that do not overlap, a way weighing exp of the sum of its
 * spans' scores. By forward-backward in one pass over the spans each way. Returns the log of the sum over all ways.
 */
export function someOf({ from, to }: Spans, length: number, scores: Float64Array, out: Float64Array): number {
  const before = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
  const after = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
  before[0] = 0;
  after[length] = 0;
  for (let place = 0, x = 0; place < length; place++) {
    const here = before[place] ?? 0;
    before[place + 1] = logAdd(before[place + 1] ?? 0, here);
    for (; x < out.length && from[x] === place; x++) {
      const end = (to[x] ?? 0) + 1;
      before[end] = logAdd(before[end] ?? 0, here + (scores[x] ?? 0));
    }
  }
  for (let place = length - 1, x = out.length - 1; place >= 0; place--) {
    let here = after[place + 1] ?? 0;
    for (; x >= 0 && from[x] === place; x--)
      here = logAdd(here, (scores[x] ?? 0) + (after[(to[x] ?? 0) + 1] ?? 0));
    after[place] = here;
  }
  const total = before[length] ?? 0;
  for (let x = 0; x < out.length; x++) {
    const whole = (before[from[x] ?? 0] ?? 0) + (scores[x] ?? 0) + (after[(to[x] ?? 0) + 1] ?? 0);
    out[x] = Math.exp(whole - total);
  }
  return total;
}

/** ln(e^a + e^b). */
function logAdd(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}
