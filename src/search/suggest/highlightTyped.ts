import { isCjk, keyWithPlaces, wordStarts } from './typedText.js';

export type Span = [start: number, end: number];

/** A stretch of a key. */
interface KeyRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What of `text` the typed key stands for: where a word of it begins with `typed`, else with what is fewest edits
 * (at most `edits`) from it. `from` is the place in the text's key to prefer.
 */
export function highlightTyped(text: string, typed: string, edits: number, from = 0): Span[] {
  const { key, places } = keyWithPlaces(text);
  const starts = wordStarts(key);
  const preferred = starts.includes(from) ? [from, ...starts] : starts;
  const wanted = typed.trimEnd();
  if (wanted === '') return [];
  const exact = preferred.find((start) => key.startsWith(wanted, start));
  if (exact !== undefined) return spans(text, places, [{ start: exact, end: exact + wanted.length }]);
  let best: { stretch: KeyRange; edits: number } | undefined;
  for (const start of edits > 0 ? preferred : []) {
    const reach = editsToPrefixes(typed, `${key} `.slice(start, start + typed.length + edits));
    for (const [length, distance] of reach.entries()) {
      if (length === 0 || distance > edits || distance > (best?.edits ?? edits)) continue;
      if (distance === best?.edits && best.stretch.start !== start) continue;
      best = { stretch: { start, end: Math.min(start + length, key.length) }, edits: distance };
    }
  }
  return best === undefined ? [] : spans(text, places, [best.stretch]);
}

/** The words of `text` that are among `whole`, and of the others what begins with `last`. */
export function highlightWords(text: string, whole: ReadonlySet<string>, last: string): Span[] {
  const { key, places } = keyWithPlaces(text);
  const found: KeyRange[] = [];
  let at = 0;
  for (const word of key.split(' ')) {
    const end = at + word.length;
    if (whole.has(word)) found.push({ start: at, end });
    else if (last !== '' && word.startsWith(last)) found.push({ start: at, end: at + last.length });
    else if (isCjk(last)) {
      const inner = word.indexOf(last);
      if (inner >= 0) found.push({ start: at + inner, end: at + inner + last.length });
    }
    at = end + 1;
  }
  return spans(text, places, found);
}

function spans(text: string, places: readonly number[], stretches: readonly KeyRange[]): Span[] {
  return stretches.map(({ start, end }): Span => {
    const last = places[end - 1] ?? 0;
    // The letter that the last unit came from, whole, with the marks that it carries.
    const letter = /^.\p{M}*/su.exec(text.slice(last))?.[0] ?? '';
    return [places[start] ?? 0, last + letter.length];
  });
}

/** The edits (see editDistance) between `typed` and each prefix of `text`: at i those to its first i letters. */
export function editsToPrefixes(typed: string, text: string): number[] {
  // Columns of the usual table: `to[j]` are the edits between typed[0..j) and the prefix looked at.
  let beforeThat: number[] = [];
  let before = Array.from({ length: typed.length + 1 }, (_, j) => j);
  const found = [typed.length];
  for (let i = 1; i <= text.length; i++) {
    const to = [i];
    for (let j = 1; j <= typed.length; j++) {
      const same = text[i - 1] === typed[j - 1];
      let edits = Math.min((before[j - 1] ?? 0) + (same ? 0 : 1), (before[j] ?? 0) + 1, (to[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && text[i - 1] === typed[j - 2] && text[i - 2] === typed[j - 1])
        edits = Math.min(edits, (beforeThat[j - 2] ?? 0) + 1);
      to.push(edits);
    }
    found.push(to[typed.length] ?? 0);
    beforeThat = before;
    before = to;
  }
  return found;
}
