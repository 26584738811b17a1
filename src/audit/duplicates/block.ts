import type { Listing, Vocabulary } from './listing.js';

/** Candidate pairs, `first[i] < second[i]`, sorted and distinct; numbers are places of the listings. */
export interface Pairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/** Candidates of each listing by words, and by vectors. */
const BY_WORDS = 8;
/** Words of a listing, the rarest first, are followed until so many places were met: common words cost nothing. */
const MAX_MET = 4000;
/** Listings that share a code, a gtin or a whole title are paired up to this many each. */
const BY_KEY = 10;
const SHORTEST_PREFIX = 5;

/**
 * Pairs worth comparing: the nearest by rare shared words, those that share a code (or one code begins with the
 * other), a gtin, a whole title, and what `nearest` says of each listing. Work and pairs are linear in the listings.
 */
export function blockPairs(
  listings: readonly Listing[],
  vocabulary: Vocabulary,
  nearest: readonly (readonly number[])[],
): Pairs {
  const pairs = new PairSet(listings.length);
  pairByWords(listings, vocabulary, pairs);
  pairByKeys(listings, pairs);
  for (const [place, others] of nearest.entries()) for (const other of others) pairs.add(place, other);
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
  for (const [place, { words }] of listings.entries()) {
    for (const word of words) {
      postings[word]?.push(place);
      length[place] = (length[place] ?? 0) + (weight[word] ?? 0) ** 2;
    }
  }
  const score = new Float64Array(listings.length);
  for (const [place, listing] of listings.entries()) {
    const known = listing.mentioned.flatMap((code) => vocabulary.find(code) ?? []);
    const words = [...listing.words, ...known].sort(
      (a, b) => (postings[a]?.length ?? 0) - (postings[b]?.length ?? 0) || a - b,
    );
    const met: number[] = [];
    let budget = MAX_MET;
    for (const word of words) {
      const others = postings[word] ?? [];
      budget -= others.length;
      if (budget < 0) break;
      for (const other of others) {
        if (other === place) continue;
        if (score[other] === 0) met.push(other);
        score[other] = (score[other] ?? 0) + (weight[word] ?? 0) ** 2;
      }
    }
    for (const other of met) score[other] = (score[other] ?? 0) / Math.sqrt(1 + (length[other] ?? 0));
    met.sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
    for (const other of met.slice(0, BY_WORDS)) pairs.add(place, other);
    for (const other of met) score[other] = 0;
  }
}

/** How much a word says, from the listings it stands in: -log of its share. */
export function idf(counts: readonly number[], listings: number): Float64Array {
  return Float64Array.from(counts, (count) => Math.log((listings + 1) / (count + 0.5)));
}

function pairByKeys(listings: readonly Listing[], pairs: PairSet): void {
  const keys = new Map<string, number[]>();
  const put = (key: string, place: number): void => {
    const places = keys.get(key);
    if (places === undefined) keys.set(key, [place]);
    else if (places.at(-1) !== place) places.push(place);
  };
  for (const [place, listing] of listings.entries()) {
    for (const gtin of listing.gtins) put(`gtin ${gtin}`, place);
    for (const code of [...listing.codes, ...listing.mentioned]) put(`code ${code}`, place);
    if (listing.title !== '') put(`title ${listing.title}`, place);
  }
  for (const places of keys.values()) pairNear(places, pairs);
  // In the order of their letters, codes stand just before those that begin with them.
  const codes = [...keys.keys()].filter((key) => key.startsWith('code ')).sort();
  for (const [at, code] of codes.entries()) {
    if (code.length < 'code '.length + SHORTEST_PREFIX) continue;
    for (let next = at + 1; next < Math.min(codes.length, at + 1 + BY_KEY); next++) {
      const longer = codes[next] ?? '';
      if (!longer.startsWith(code)) break;
      for (const a of (keys.get(code) ?? []).slice(0, BY_KEY)) {
        for (const b of (keys.get(longer) ?? []).slice(0, BY_KEY)) pairs.add(a, b);
      }
    }
  }
}

/** Each place with the next few, so that a key of many listings makes no square of pairs. */
function pairNear(places: readonly number[], pairs: PairSet): void {
  for (const [at, place] of places.entries()) {
    for (const other of places.slice(at + 1, at + 1 + BY_KEY)) pairs.add(place, other);
  }
}
