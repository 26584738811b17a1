import { termOf } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { germanicEvidence } from './germanicEvidence.js';
import type { OtherForm } from './queryWord.js';

/** A shorter word ends too many others by chance. */
const MIN_TAIL = 3;
/** A tail of fewer letters needs a known word before it: `uhr` of Armbanduhr. */
const LONG_TAIL = 4;
const MIN_HEAD = 3;
/** Maximum number of words of the catalog that are examined, and of products read for each. */
const MAX_WORDS = 200;
const MAX_READ = 3;
const MAX_FORMS = 64;
/** Share of the examined words that occur in text of a compounding language, for the others to count too. */
const FAMILY_SHARE = 0.25;
const WEIGHT = 0.6;
const INFLECTED_WEIGHT = 0.5;
const HEAD_WEIGHT = 0.4;
/** Products sampled to see whether a catalog has text in a compounding language, and their minimum share. */
const SAMPLE = 256;
const MIN_SHARE = 0.01;
/** The share from which a word in text of no visible language counts. */
const MAIN_SHARE = 0.05;
/** The share is sampled again when the catalog has grown by this factor plus this number. */
const GROWTH = 1.25;
const MIN_GROWTH = 20;
/** Endings by which forms of a noun differ in German, Dutch and the Scandinavian languages. */
const INFLECTIONS = ['en', 'n', 'e', 's'];
const ENDINGS: ReadonlySet<string> = new Set(['', 'e', 'n', 'en', 'er', 'ern', 's', 'es']);
/** Letters between the words of a compound. */
const LINKS = ['', 's', 'n', 'es', 'er', 'en', 'e', 'ens'];

/**
 * The catalog's compounds that end with a word, in languages that write compounds as one word: `kocher` finds
 * Wasserkocher. English words are left alone (`ring` does not find string): a compound counts only in products whose own
 * text is in such a language, or does not look English in a catalog where others are.
 */
export function compoundsEndingWith(index: LiveIndex, tail: string): OtherForm[] {
  if (tail.length < MIN_TAIL) return [];
  const share = germanicShare(index);
  if (share < MIN_SHARE) return [];
  const ending = INFLECTIONS.find((one) => tail.endsWith(one) && tail.length - one.length >= LONG_TAIL) ?? '';
  const base = tail.slice(0, tail.length - ending.length);
  const candidates = index.lexical
    .wordsContaining(base, MAX_WORDS)
    .filter(({ word }) => isCompound(index, word, base))
    .map(({ word, term }) => ({ word, term, evidence: evidenceFor(index, word) }));
  const certain = candidates.filter(({ evidence }) => evidence > 0).length;
  if (candidates.length === 0) return [];
  const isFamily = certain >= Math.max(1, FAMILY_SHARE * candidates.length) || share >= MAIN_SHARE;
  return candidates
    .filter(({ evidence }) => evidence > 0 || (evidence === 0 && isFamily))
    .slice(0, MAX_FORMS)
    .map(({ word, term }) => ({ terms: [term], weight: word.endsWith(tail) ? WEIGHT : INFLECTED_WEIGHT }));
}

/**
 * The catalog's compounds that begin with a word, for a word that no product has and no compound ends with: `leder` finds
 * Lederjacke. What follows must be a word of the catalog.
 */
export function compoundsBeginningWith(index: LiveIndex, head: string): OtherForm[] {
  if (head.length < LONG_TAIL || germanicShare(index) < MIN_SHARE) return [];
  return index.lexical
    .words(head, MAX_WORDS)
    .filter(
      ({ word }) =>
        LINKS.some((link) => {
          const tail = word.startsWith(head + link) ? word.slice(head.length + link.length) : '';
          return tail.length >= LONG_TAIL && index.lexical.wordDocuments(tail) > 0;
        }) && evidenceFor(index, word) > 0,
    )
    .slice(0, MAX_FORMS)
    .map(({ term }) => ({ terms: [term], weight: HEAD_WEIGHT }));
}

function isCompound(index: LiveIndex, word: string, base: string): boolean {
  const at = word.lastIndexOf(base);
  const head = word.slice(0, at);
  if (head.length < MIN_HEAD || !ENDINGS.has(word.slice(at + base.length))) return false;
  return base.length >= LONG_TAIL || isKnownHead(index, head);
}

function isKnownHead(index: LiveIndex, head: string): boolean {
  return LINKS.some(
    (link) =>
      head.endsWith(link) &&
      head.length - link.length >= MIN_HEAD &&
      index.lexical.wordDocuments(head.slice(0, head.length - link.length)) > 0,
  );
}

/** The strongest evidence in the first products with a word. */
function evidenceFor(index: LiveIndex, word: string): number {
  let best = Number.NEGATIVE_INFINITY;
  let read = 0;
  for (const ordinal of index.lexical.postings(termOf(word))?.ordinals ?? []) {
    if (!index.alive(ordinal)) continue;
    best = Math.max(best, germanicEvidence(index.document(ordinal)));
    if (++read === MAX_READ || best > 0) break;
  }
  return best;
}

const shares = new WeakMap<LiveIndex, { readonly size: number; readonly share: number }>();

/** Has this share taken for that of an index whose products are elsewhere. */
export function keepGermanicShare(index: LiveIndex, share: number): void {
  shares.set(index, { size: Number.MAX_SAFE_INTEGER, share });
}

/** The share of products whose text is in a compounding language. */
export function germanicShare(index: LiveIndex): number {
  const cached = shares.get(index);
  if (cached !== undefined && index.size <= cached.size * GROWTH + MIN_GROWTH) return cached.share;
  let read = 0;
  let found = 0;
  const step = Math.max(1, index.size / SAMPLE);
  for (let at = 0; at < index.size; at += step) {
    const ordinal = Math.floor(at);
    if (!index.alive(ordinal)) continue;
    read++;
    if (germanicEvidence(index.document(ordinal)) > 0) found++;
  }
  const share = read === 0 ? 0 : found / read;
  shares.set(index, { size: index.size, share });
  return share;
}
