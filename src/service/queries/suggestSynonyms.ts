import type { LiveIndex } from '../../index/liveIndex.js';
import { type CatalogName, catalogNames } from '../../search/suggest/catalogNames.js';
import type { LoggedQuery, QueryLog } from '../../store/queryLog.js';
import { fold } from '../../text/fold.js';

const MAX_NAMES = 1500;
const MAX_SUCCESSFUL = 500;
const NEAREST = 3;
const TEXTS_A_BATCH = 32;
/** What a line of the synonyms file can contain without quoting. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}' .-]*$/u;

/** A synonym for a query that found nothing, for a person to judge; it is never applied automatically. */
export interface SynonymSuggestion {
  /** A line for `synonyms.yaml`: a search for the left side also finds the right. */
  readonly line: string;
  readonly query: string;
  /** How often people searched for it. */
  readonly searches: number;
  /** Names in the catalog near to it in meaning, nearest first; the first is the line's. */
  readonly nearest: readonly (CatalogName & { readonly similarity: number })[];
  /** Queries that share a word with it and found something, most frequent first. */
  readonly asked: readonly { readonly query: string; readonly searches: number; readonly found: number }[];
}

/**
 * For each of the `limit` most frequent queries that found nothing: the names in the catalog nearest to it in meaning.
 * Queries without a name of at least `minCosine` are left out. `vectors` caches the names' vectors between calls.
 */
export async function suggestSynonyms(
  log: Pick<QueryLog, 'empty' | 'popular'>,
  { index, minCosine }: { readonly index: LiveIndex; readonly minCosine: number },
  embed: (texts: readonly string[]) => Promise<Float32Array[]>,
  vectors: Map<string, Float32Array>,
  limit: number,
): Promise<SynonymSuggestion[]> {
  const empty = log.empty(limit).filter(({ query }) => PLAIN.test(query));
  if (empty.length === 0) return [];
  const names = catalogNames(index, MAX_NAMES);
  const asked = log.popular(1, MAX_SUCCESSFUL);
  const texts = [...names.map(({ text }) => text), ...empty.map(({ query }) => query)];
  await embedMissing(texts, embed, vectors);
  return empty.flatMap((each) => suggestionFor(each, names, asked, vectors, minCosine));
}

function suggestionFor(
  { query, searches }: LoggedQuery,
  names: readonly CatalogName[],
  asked: readonly LoggedQuery[],
  vectors: ReadonlyMap<string, Float32Array>,
  minCosine: number,
): SynonymSuggestion[] {
  const nearest = names
    .map((name) => ({ ...name, similarity: cosine(vectors.get(query), vectors.get(name.text)) }))
    .filter(({ similarity, text }) => similarity >= minCosine && fold(text) !== query)
    .sort((a, b) => b.similarity - a.similarity || (a.text < b.text ? -1 : 1))
    .slice(0, NEAREST)
    .map((name) => ({ ...name, similarity: Math.round(name.similarity * 1000) / 1000 }));
  const [first] = nearest;
  if (first === undefined) return [];
  const words = new Set(query.split(' '));
  const related = asked
    .filter((other) => other.query.split(' ').some((word) => words.has(word)))
    .slice(0, NEAREST)
    .map((other) => ({ query: other.query, searches: other.searches, found: other.total }));
  return [{ line: `- ${query} => ${fold(first.text)}`, query, searches, nearest, asked: related }];
}

/** In small batches, so that searches get their turn at the model. */
async function embedMissing(
  texts: readonly string[],
  embed: (texts: readonly string[]) => Promise<Float32Array[]>,
  vectors: Map<string, Float32Array>,
): Promise<void> {
  const missing = [...new Set(texts)].filter((text) => !vectors.has(text));
  if (vectors.size + missing.length > 4 * MAX_NAMES) vectors.clear();
  const wanted = vectors.size === 0 ? [...new Set(texts)] : missing;
  for (let at = 0; at < wanted.length; at += TEXTS_A_BATCH) {
    const batch = wanted.slice(at, at + TEXTS_A_BATCH);
    for (const [place, vector] of (await embed(batch)).entries()) vectors.set(batch[place] ?? '', vector);
  }
}

/** Of unit vectors; -1 where one is missing. */
function cosine(one: Float32Array | undefined, other: Float32Array | undefined): number {
  if (one === undefined || other === undefined) return -1;
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] ?? 0) * (other[i] ?? 0);
  return sum;
}
