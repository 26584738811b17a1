/** Spans of a sequence of tokens, by their first and last token, ordered by the first, then by the last. */
export interface Spans {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * For attributes with one value: writes the probability of each span to be the value into `out`, and returns the
 * probability that no span is. A softmax over all spans and "none", whose score is 0.
 */
export function singleSpanProbabilities(scores: Float64Array, out: Float64Array): number {
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
 * For attributes with several values: writes the marginal probability of each span to be one of the values into `out`.
 * The model is a semi-Markov CRF (Sarawagi & Cohen 2004) over all segmentations into non-overlapping spans, each with the
 * weight exp(sum of its spans' scores). Computed by forward-backward in log space, linear in tokens and spans. `length` is
 * the number of tokens. Returns the log partition function.
 */
export function spanMarginals(
  { from, to }: Spans,
  length: number,
  scores: Float64Array,
  out: Float64Array,
): number {
  const forward = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
  const backward = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
  forward[0] = 0;
  backward[length] = 0;
  for (let token = 0, x = 0; token < length; token++) {
    const here = forward[token] ?? 0;
    forward[token + 1] = logAdd(forward[token + 1] ?? 0, here);
    for (; x < out.length && from[x] === token; x++) {
      const end = (to[x] ?? 0) + 1;
      forward[end] = logAdd(forward[end] ?? 0, here + (scores[x] ?? 0));
    }
  }
  for (let token = length - 1, x = out.length - 1; token >= 0; token--) {
    let here = backward[token + 1] ?? 0;
    for (; x >= 0 && from[x] === token; x--)
      here = logAdd(here, (scores[x] ?? 0) + (backward[(to[x] ?? 0) + 1] ?? 0));
    backward[token] = here;
  }
  const logPartition = forward[length] ?? 0;
  for (let x = 0; x < out.length; x++) {
    const withSpan = (forward[from[x] ?? 0] ?? 0) + (scores[x] ?? 0) + (backward[(to[x] ?? 0) + 1] ?? 0);
    out[x] = Math.exp(withSpan - logPartition);
  }
  return logPartition;
}

/** ln(e^a + e^b). */
function logAdd(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}
