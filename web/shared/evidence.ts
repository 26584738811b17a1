/** A part of a text, in UTF-16 units. */
export interface Quote {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/**
 * Splits a text at the ends of its quotes; overlapping quotes share a piece. Quotes that do not match the text at their
 * position are ignored.
 * @returns the pieces in order, each with the keys of the quotes it belongs to
 */
export function pieces(
  text: string,
  quotes: readonly { readonly span: Quote; readonly key: string }[],
): { text: string; keys: string[] }[] {
  const kept = quotes.filter(
    ({ span }) => span.end > span.start && text.slice(span.start, span.end) === span.quote,
  );
  const cuts = new Set([0, text.length]);
  for (const { span } of kept) cuts.add(span.start).add(span.end);
  const ends = [...cuts].sort((a, b) => a - b);
  return ends.slice(1).map((end, index) => {
    const start = ends[index] ?? 0;
    const keys = kept.filter(({ span }) => span.start <= start && end <= span.end).map(({ key }) => key);
    return { text: text.slice(start, end), keys };
  });
}
