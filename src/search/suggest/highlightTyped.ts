import { isCjk, keyWithPlaces, wordStarts } from './typedText.js';

export type Span = [start: number, end: number];

/** A range of a key. */
interface KeyRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The spans of `text` that the typed key matches: a word that begins with `typed`, otherwise the range with
 * the fewest edits (at most `edits`). Prefers the position `from` of the text's key.
 */
export function highlightTyped(text: string, typed: string, edits: number, from = 0): Span[] {
  const { key, places } = keyWithPlaces(text);
  const starts = wordStarts(key);
  const preferred = starts.includes(from) ? [from, ...starts] : starts;
  const trimmed = typed.trimEnd();
  if (trimmed === '') return [];
  const exact = preferred.find((start) => key.startsWith(trimmed, start));
  if (exact !== undefined) return spans(text, places, [{ start: exact, end: exact + trimmed.length }]);
  let best: { stretch: KeyRange; edits: number } | undefined;
  for (const start of edits > 0 ? preferred : []) {
    const distances = editsToPrefixes(typed, `${key} `.slice(start, start + typed.length + edits));
    for (const [length, distance] of distances.entries()) {
      if (length === 0 || distance > edits || distance > (best?.edits ?? edits)) continue;
      if (distance === best?.edits && best.stretch.start !== start) continue;
      best = { stretch: { start, end: Math.min(start + length, key.length) }, edits: distance };
    }
  }
  return best === undefined ? [] : spans(text, places, [best.stretch]);
}

/** The words of `text` that are in `whole`, and the beginnings of other words that match `last`. */
export function highlightWords(text: string, whole: ReadonlySet<string>, last: string): Span[] {
  const { key, places } = keyWithPlaces(text);
  const ranges: KeyRange[] = [];
  let at = 0;
  for (const word of key.split(' ')) {
    const end = at + word.length;
    if (whole.has(word)) ranges.push({ start: at, end });
    else if (last !== '' && word.startsWith(last)) ranges.push({ start: at, end: at + last.length });
    else if (isCjk(last)) {
      const inner = word.indexOf(last);
      if (inner >= 0) ranges.push({ start: at + inner, end: at + inner + last.length });
    }
    at = end + 1;
  }
  return spans(text, places, ranges);
}

function spans(text: string, places: readonly number[], stretches: readonly KeyRange[]): Span[] {
  return stretches.map(({ start, end }): Span => {
    const last = places[end - 1] ?? 0;
    // The whole letter that the last unit came from, with its combining marks.
    const letter = /^.\p{M}*/su.exec(text.slice(last))?.[0] ?? '';
    return [places[start] ?? 0, last + letter.length];
  });
}

/**
 * Edit distances (see editDistance) between `typed` and each prefix of `text`: entry i is for its first i
 * letters.
 */
export function editsToPrefixes(typed: string, text: string): number[] {
  // Columns of the dynamic programming table: `to[j]` is the distance between typed[0..j) and the current
  // prefix.
  let beforeThat: number[] = [];
  let before = Array.from({ length: typed.length + 1 }, (_, j) => j);
  const distances = [typed.length];
  for (let i = 1; i <= text.length; i++) {
    const to = [i];
    for (let j = 1; j <= typed.length; j++) {
      const same = text[i - 1] === typed[j - 1];
      let edits = Math.min((before[j - 1] ?? 0) + (same ? 0 : 1), (before[j] ?? 0) + 1, (to[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && text[i - 1] === typed[j - 2] && text[i - 2] === typed[j - 1])
        edits = Math.min(edits, (beforeThat[j - 2] ?? 0) + 1);
      to.push(edits);
    }
    distances.push(to[typed.length] ?? 0);
    beforeThat = before;
    before = to;
  }
  return distances;
}
