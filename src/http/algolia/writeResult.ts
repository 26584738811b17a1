import { z } from 'zod';
import { CATEGORIES } from '../../domain/categoryPath.js';
import type { FacetStats, FacetValue, Hit } from '../../search/searchAnswer.js';
import { fold } from '../../text/fold.js';
import type { IdentifiedAnswer } from '../answerSearches.js';
import { facetsByLevel, levelsOf } from './categoryLevels.js';
import { DEFAULT_FACET_HITS, DEFAULT_FACET_VALUES, wantedFacets } from './compileSearch.js';
import { fieldNameOf } from './fieldNames.js';
import { highlightHit, type Marks, marksOf, markText, snippetHit } from './highlight.js';
import type { AlgoliaParameters } from './parameters.js';
import { isSelected, selectAttributes } from './selectAttributes.js';

const DEFAULT_SNIPPET_WORDS = 10;

export const facetHitsSchema = z.object({
  facetHits: z.array(z.object({ value: z.string(), highlighted: z.string(), count: z.number().int() })),
  exhaustiveFacetsCount: z.boolean(),
  processingTimeMS: z.number().int(),
});
type FacetHits = z.infer<typeof facetHitsSchema>;

export const resultSchema = z.object({
  hits: z.array(z.looseObject({ objectID: z.string() })),
  nbHits: z.number().int(),
  page: z.number().int().describe('From 0.'),
  nbPages: z.number().int(),
  hitsPerPage: z.number().int(),
  facets: z.record(z.string(), z.record(z.string(), z.number().int())).optional(),
  facets_stats: z.record(z.string(), z.object({ min: z.number(), max: z.number() })).optional(),
  exhaustive: z.object({ nbHits: z.boolean(), facetsCount: z.boolean() }),
  exhaustiveNbHits: z.boolean(),
  exhaustiveFacetsCount: z.boolean(),
  query: z.string(),
  queryID: z.string(),
  params: z.string(),
  index: z.string(),
  renderingContent: z.object({ redirect: z.object({ url: z.string() }).optional() }),
  processingTimeMS: z.number().int(),
});
type Result = z.infer<typeof resultSchema>;

/** An answer in Algolia's format; `index` and `params` are repeated as they were given. */
export function writeResult(
  answer: IdentifiedAnswer,
  parameters: AlgoliaParameters,
  { index, params }: { readonly index: string; readonly params: string },
): Result {
  const { hitsPerPage = 20, page = 0 } = parameters;
  return {
    hits: hitsPerPage === 0 ? [] : answer.hits.map((hit) => writeHit(hit, parameters)),
    nbHits: answer.total,
    page,
    nbPages: hitsPerPage === 0 ? 0 : Math.ceil(answer.total / hitsPerPage),
    hitsPerPage,
    ...(parameters.facets.length > 0 && writeFacets(answer, parameters)),
    exhaustive: { nbHits: true, facetsCount: true },
    exhaustiveNbHits: true,
    exhaustiveFacetsCount: true,
    query: parameters.query,
    queryID: answer.query_id,
    params,
    index,
    renderingContent: answer.redirect === undefined ? {} : { redirect: { url: answer.redirect } },
    processingTimeMS: milliseconds(answer),
  };
}

/** The values of `attribute` that match what was typed. */
export function writeFacetHits(
  answer: IdentifiedAnswer,
  attribute: string,
  parameters: AlgoliaParameters,
): FacetHits {
  const { field, level } = fieldNameOf(attribute);
  const { facetQuery, maxFacetHits = DEFAULT_FACET_HITS } = parameters;
  const marks = marksOf(parameters.highlightPreTag, parameters.highlightPostTag);
  const words = fold(facetQuery)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const values = level === undefined ? (answer.facets[field] ?? []) : levelValues(answer, level, words);
  return {
    facetHits: values.slice(0, maxFacetHits).map(({ value, count }) => ({
      value: String(value),
      highlighted: markBeginnings(String(value), words, marks),
      count,
    })),
    exhaustiveFacetsCount: true,
    processingTimeMS: milliseconds(answer),
  };
}

/** The categories of a level that have, for each typed word, a word that begins with it. */
function levelValues(answer: IdentifiedAnswer, level: number, typed: readonly string[]): FacetValue[] {
  const values = facetsByLevel(answer.category_tree ?? [])[level] ?? [];
  return values.filter(({ value }) => {
    const words = fold(String(value)).split(/[^\p{L}\p{N}]+/u);
    return typed.every((prefix) => words.some((word) => word.startsWith(prefix)));
  });
}

/** Marks the beginnings of words that were typed. */
function markBeginnings(text: string, typed: readonly string[], marks: Marks): string {
  const spans = [...text.matchAll(/[\p{L}\p{N}]+/gu)].flatMap(({ index, 0: word }) => {
    const prefix = typed.find((one) => fold(word).startsWith(one));
    return prefix === undefined ? [] : [{ start: index, end: index + Math.min(prefix.length, word.length) }];
  });
  return markText(text, spans, marks);
}

function writeHit(hit: Hit, parameters: AlgoliaParameters): Result['hits'][number] {
  const { attributesToRetrieve, attributesToHighlight, attributesToSnippet } = parameters;
  const { product, matches = { words: [], fields: new Map() } } = hit;
  const marks = marksOf(parameters.highlightPreTag, parameters.highlightPostTag);
  const levels = isSelected(attributesToRetrieve, CATEGORIES) ? levelsOf(product) : undefined;
  const snippetWords = new Map((attributesToSnippet ?? []).map(readSnippet));
  const wordsOf = (field: string): number => snippetWords.get(field) ?? snippetWords.get('*') ?? 0;
  return {
    ...selectAttributes(product, attributesToRetrieve),
    ...(levels !== undefined && { [CATEGORIES]: levels }),
    objectID: hit.id,
    _highlightResult: highlightHit(product, matches, marks, (field) =>
      isSelected(attributesToHighlight, field),
    ),
    ...(snippetWords.size > 0 && {
      _snippetResult: snippetHit(product, matches, marks, parameters.snippetEllipsisText ?? '…', wordsOf),
    }),
  };
}

/** `description:20`: the number of words is optional. */
function readSnippet(written: string): [field: string, words: number] {
  const [, field, words] = /^(.*):(\d{1,4})$/s.exec(written) ?? [];
  return field === undefined ? [written, DEFAULT_SNIPPET_WORDS] : [field, Math.max(1, Number(words))];
}

function writeFacets(
  answer: IdentifiedAnswer,
  parameters: AlgoliaParameters,
): Pick<Result, 'facets' | 'facets_stats'> {
  const { maxValuesPerFacet = DEFAULT_FACET_VALUES } = parameters;
  const levels = facetsByLevel(answer.category_tree ?? []);
  const facets = new Map<string, Record<string, number>>();
  const stats = new Map<string, { min: number; max: number }>();
  const add = (attribute: string, values: readonly FacetValue[], measured?: FacetStats): void => {
    if (values.length > 0) facets.set(attribute, countsOf(values.slice(0, maxValuesPerFacet)));
    if (measured !== undefined && typeof measured.min === 'number' && typeof measured.max === 'number')
      stats.set(attribute, { min: measured.min, max: measured.max });
  };
  const named = new Set<string>();
  for (const { attribute, field, level } of wantedFacets(parameters)) {
    if (level !== undefined) add(attribute, levels[level] ?? []);
    else if (field !== '*') {
      named.add(field);
      add(attribute, answer.facets[field] ?? [], answer.facet_stats?.[field]);
    }
  }
  // What the search chose for '*'.
  if (parameters.facets.includes('*')) {
    for (const [field, values] of Object.entries(answer.facets))
      if (!named.has(field)) add(field, values, answer.facet_stats?.[field]);
  }
  return { facets: Object.fromEntries(facets), facets_stats: Object.fromEntries(stats) };
}

function countsOf(values: readonly FacetValue[]): Record<string, number> {
  return Object.fromEntries(values.map(({ value, count }) => [String(value), count]));
}

function milliseconds({ took_ms }: IdentifiedAnswer): number {
  return Math.max(1, Math.round(took_ms));
}
