import { type Unit, unitOf } from './units.js';

const UNIT_WORD = /\s?[-‐‑]?\s?([\p{L}µΩ°%℃℉][\p{L}²³]*[23]?)(?![\p{L}\p{N}])/uy;
/** `10cmx20cm`, `10cmW`. */
const UNIT_BEFORE_LETTER = /\s?[-‐‑]?\s?(\p{L}+?)(?=[xX×х]\s?\d|[WHDLBT](?![\p{L}\p{N}]))/uy;
const UNIT_IN_CJK = /\s?([\p{Script=Han}\p{Script=Katakana}ー]{1,8})/uy;
/** The second word of a unit: `fl. oz`, `sq ft`. */
const SECOND_WORD = /\.?\s?(\p{L}+\.?)(?![\p{L}\p{N}])/uy;
const FIRST_WORD = /^(?:fl|fluid|sq|square|cu|cubic|oz|deg|ct)$/i;
/** A single quote means feet unless a word goes on after it: `90's`. */
const QUOTE = /\s?("|″|”|“|''|’’|′′|'(?!\p{L})|′|’(?!\p{L})|['’](?=x\s?\d))/uy;
/** Words after `in` that make it a preposition: `2 in 1`, `5 in stock`. */
const NOT_INCHES =
  /^[\s-]*(?:\d|(?:the|an?|my|your|his|her|its|our|their|this|that|these|those|each|every|any|all|one|two|three|four|stock|total|box|bulk|row|line|order|front|back|between|use|der|die|das|den|dem|einem|einer|allen|un|una|uno|il|la|le)(?![\p{L}\p{N}]))/iu;

/** Whether `in`, which ends at `end`, is the preposition rather than inches. */
export function isPreposition(text: string, end: number): boolean {
  return NOT_INCHES.test(text.slice(end, end + 16));
}

/** The unit after a number, with its text as written; a sign has none. */
export function unitAfter(
  text: string,
  at: number,
): { readonly unit: Unit; readonly text: string; readonly end: number } | undefined {
  const quote = matchAt(QUOTE, text, at);
  if (quote !== undefined) {
    const unit = unitOf(quote[1] ?? '');
    return unit === undefined ? undefined : { unit, text: '', end: at + quote[0].length };
  }
  const word = matchAt(UNIT_WORD, text, at) ?? matchAt(UNIT_BEFORE_LETTER, text, at);
  const first = word?.[1] ?? '';
  const end = at + (word?.[0].length ?? 0);
  if (FIRST_WORD.test(first)) {
    const second = matchAt(SECOND_WORD, text, end);
    const both = second === undefined ? undefined : unitOf(`${first} ${second[1]}`);
    if (second !== undefined && both !== undefined)
      return { unit: both, text: `${first} ${second[1]}`, end: end + second[0].length };
  }
  const unit = unitOf(first);
  if (unit !== undefined) {
    const isWordIn = unit.symbol === 'in' && first.length === 2 && isPreposition(text, end);
    return isWordIn ? undefined : { unit, text: first, end };
  }
  const [written = '', letters = ''] = matchAt(UNIT_IN_CJK, text, at) ?? [];
  for (let length = letters.length; length > 0; length--) {
    const prefix = letters.slice(0, length);
    const cjk = unitOf(prefix);
    if (cjk !== undefined)
      return { unit: cjk, text: prefix, end: at + written.length - letters.length + length };
  }
  return undefined;
}

/** The match that begins at an offset; `pattern` is sticky. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
