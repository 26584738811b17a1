import type { Listing, Vocabulary } from './readListing.js';

/** Candidate pairs of listing indexes, `first[i] < second[i]`, sorted and distinct. */
export interface Pairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/** Candidates of each listing by shared words. */
const MAX_BY_WORDS = 8;
/** Postings read per listing, of its rarest words first, so that common words cost nothing. */
const MAX_POSTINGS = 4000;
/** Candidates of each listing by a shared code, GTIN or whole title. */
const MAX_BY_KEY = 10;
/** Minimum length of a code that another code extends. */
const MIN_PREFIX = 5;

/**
 * Blocking for record linkage: the pairs worth comparing. These are the nearest by rare shared words, pairs that share a
 * code (or one code extends the other), a GTIN or a whole title, and those in `nearest`. Work and number of pairs are linear
 * in the listings.
 */
export function blockPairs(
  listings: readonly Listing[],
  vocabulary: Vocabulary,
  nearest: readonly (readonly number[])[],
): Pairs {
  const pairs = new PairSet(listings.length);
  pairByWords(listings, vocabulary, pairs);
  pairByKeys(listings, pairs);
  for (const [index, others] of nearest.entries()) for (const other of others) pairs.add(index, other);
  return pairs.sorted();
}

class PairSet {
  readonly #pairs = new Set<number>();

  constructor(private readonly listings: number) {}

  add(a: number, b: number): void {
    if (a !== b) this.#pairs.add(Math.min(a, b) * this.listings + Math.max(a, b));
  }

  sorted(): Pairs {
    const all = Float64Array.from(this.#pairs).sort();
    const first = new Uint32Array(all.length);
    const second = new Uint32Array(all.length);
    for (let pair = 0; pair < all.length; pair++) {
      const key = all[pair] ?? 0;
      second[pair] = key % this.listings;
      first[pair] = (key - (second[pair] ?? 0)) / this.listings;
    }
    return { first, second };
  }
}

function pairByWords(listings: readonly Listing[], vocabulary: Vocabulary, pairs: PairSet): void {
  const postings: number[][] = vocabulary.words.map(() => []);
  const length = new Float64Array(listings.length);
  const weight = idf(vocabulary.titles, listings.length);
  for (const [index, { words }] of listings.entries()) {
    for (const word of words) {
      postings[word]?.push(index);
      length[index] = (length[index] ?? 0) + (weight[word] ?? 0) ** 2;
    }
  }
  const score = new Float64Array(listings.length);
  for (const [index, listing] of listings.entries()) {
    const known = listing.mentioned.flatMap((code) => vocabulary.find(code) ?? []);
    const words = [...listing.words, ...known].sort(
      (a, b) => (postings[a]?.length ?? 0) - (postings[b]?.length ?? 0) || a - b,
    );
    const candidates: number[] = [];
    let budget = MAX_POSTINGS;
    for (const word of words) {
      const others = postings[word] ?? [];
      budget -= others.length;
      if (budget < 0) break;
      for (const other of others) {
        if (other === index) continue;
        if (score[other] === 0) candidates.push(other);
        score[other] = (score[other] ?? 0) + (weight[word] ?? 0) ** 2;
      }
    }
    for (const other of candidates) score[other] = (score[other] ?? 0) / Math.sqrt(1 + (length[other] ?? 0));
    candidates.sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
    for (const other of candidates.slice(0, MAX_BY_WORDS)) pairs.add(index, other);
    for (const other of candidates) score[other] = 0;
  }
}

/** Inverse document frequency: minus the log of the share of listings with the word. */
export function idf(counts: readonly number[], listings: number): Float64Array {
  return Float64Array.from(counts, (count) => Math.log((listings + 1) / (count + 0.5)));
}

function pairByKeys(listings: readonly Listing[], pairs: PairSet): void {
  const keys = new Map<string, number[]>();
  const put = (key: string, index: number): void => {
    const indexes = keys.get(key);
    if (indexes === undefined) keys.set(key, [index]);
    else if (indexes.at(-1) !== index) indexes.push(index);
  };
  for (const [index, listing] of listings.entries()) {
    for (const gtin of listing.gtins) put(`gtin ${gtin}`, index);
    for (const code of [...listing.codes, ...listing.mentioned]) put(`code ${code}`, index);
    if (listing.title !== '') put(`title ${listing.title}`, index);
  }
  for (const indexes of keys.values()) pairAdjacent(indexes, pairs);
  // In alphabetical order a code is followed by the codes that extend it.
  const codes = [...keys.keys()].filter((key) => key.startsWith('code ')).sort();
  for (const [at, code] of codes.entries()) {
    if (code.length < 'code '.length + MIN_PREFIX) continue;
    for (let next = at + 1; next < Math.min(codes.length, at + 1 + MAX_BY_KEY); next++) {
      const longer = codes[next] ?? '';
      if (!longer.startsWith(code)) break;
      for (const a of (keys.get(code) ?? []).slice(0, MAX_BY_KEY)) {
        for (const b of (keys.get(longer) ?? []).slice(0, MAX_BY_KEY)) pairs.add(a, b);
      }
    }
  }
}

/** Pairs each index with the next few only, so that a key of many listings does not make quadratically many pairs. */
function pairAdjacent(indexes: readonly number[], pairs: PairSet): void {
  for (const [at, index] of indexes.entries()) {
    for (const other of indexes.slice(at + 1, at + 1 + MAX_BY_KEY)) pairs.add(index, other);
  }
}
