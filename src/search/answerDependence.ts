import { LIVE_FIELDS } from '../domain/product.js';
import type { LiveIndex } from '../index/liveIndex.js';
import type { LiveField } from '../index/liveLog.js';
import { indexOfSorted } from '../structures/binarySearch.js';
import type { Bitset } from '../structures/bitset.js';
import { visibleText } from '../text/visibleText.js';
import { fieldsIn } from './filter/matchProduct.js';
import type { Filter } from './filter/parseFilter.js';
import { readRefinement } from './filter/refinement.js';
import type { CompiledRule, CompiledRules } from './rules/compileRules.js';
import { fieldsOfRule, nextChange } from './rules/ruleDependence.js';
import type { SearchContext } from './searchContext.js';
import type { SearchRequest } from './searchRequest.js';
import { wideFilter } from './understand/structure/chooseFilters.js';
import type { Interpretation } from './understand/structure/interpretation.js';
import { knownVocabulary } from './understand/structure/valueVocabulary.js';

/** Candidates that are remembered one by one; of larger sets, any product may be one. */
const MAX_CANDIDATES = 2000;

/** The state of an index that an answer was made from. */
interface IndexState {
  readonly context: SearchContext;
  readonly contentRevision: number;
  readonly liveChanges: number;
  /** Which live fields any product has: the first price makes `under 50` a price. */
  readonly liveColumns: string;
  readonly vocabulary: object | undefined;
}

/** What an answer was made from, so that it is known whether a change can affect it. */
export interface AnswerDependence extends IndexState {
  /** Live fields of which a change in any product can affect the answer. */
  readonly anywhere: ReadonlySet<LiveField>;
  /** Live fields of which a change in a candidate can. */
  readonly inside: ReadonlySet<LiveField>;
  /** Ascending; undefined for many. */
  readonly candidates: Uint32Array | undefined;
  /** Products that the answer shows with their live fields. */
  readonly shown: ReadonlySet<number>;
  /** Until when the merchandising rules select the same, in milliseconds since 1970. */
  readonly until: number;
}

/** To be called before a query is understood, because what changes meanwhile may be in the answer or not. */
export function stateOf(context: SearchContext): IndexState {
  const { index } = context;
  return {
    context,
    contentRevision: index.contentRevision,
    liveChanges: index.liveLog.count,
    liveColumns: liveColumnsOf(index),
    vocabulary: knownVocabulary(index),
  };
}

/** What a search found; see `dependenceOf`. */
export interface AnsweredSearch {
  readonly before: IndexState;
  readonly context: SearchContext;
  readonly request: SearchRequest;
  readonly filter: Filter | undefined;
  readonly interpretations: readonly Interpretation[];
  /** The merchandising rules that applied. */
  readonly rules: readonly CompiledRule[];
  /** Before refinement. */
  readonly candidates: Bitset;
  readonly shown: readonly number[];
}

/** Undefined if the answer must not be used again. */
export function dependenceOf(found: AnsweredSearch): AnswerDependence | undefined {
  const { before, context, request, filter, interpretations, rules } = found;
  if (!isSameContext(before.context, context)) return undefined;
  const until = expiryOf(context.rules, rules);
  if (until === undefined) return undefined;
  const filters = [
    ...(filter === undefined ? [] : [filter]),
    ...readRefinement(request.refine).values(),
    ...interpretations.flatMap((one) => [one.parsed, wideFilter(one)?.parsed ?? one.parsed]),
  ];
  const anywhere = new Set(liveFieldsIn([...filters.flatMap(fieldsIn), ...rules.flatMap(fieldsOfRule)]));
  const inside = new Set<LiveField>();
  // How a value is spelled, and whether its field is worth counting, depends on all products.
  for (const field of liveFieldsIn(countedFields(request)))
    (field === 'availability' ? anywhere : inside).add(field);
  return {
    ...before,
    ...{ anywhere, inside, until, shown: new Set(found.shown) },
    candidates: found.candidates.count() > MAX_CANDIDATES ? undefined : found.candidates.toArray(),
  };
}

/** For an answer that was made elsewhere from this state: any later change of a price may affect it. */
export function dependenceOnAll(before: IndexState): AnswerDependence | undefined {
  const until = expiryOf(before.context.rules, before.context.rules?.all ?? []);
  if (until === undefined) return undefined;
  return {
    ...before,
    ...{ anywhere: new Set(LIVE_FIELDS), inside: new Set(), candidates: undefined, shown: new Set(), until },
  };
}

/** The number of live changes up to which the answer is known to be valid; undefined if it may not be valid any more. */
export function validUntilChange(
  dependence: AnswerDependence,
  liveChanges: number,
  context: SearchContext,
): number | undefined {
  const { index, rules } = context;
  const isSame =
    isSameContext(dependence.context, context) &&
    dependence.contentRevision === index.contentRevision &&
    dependence.vocabulary === knownVocabulary(index) &&
    (rules === undefined || rules.clock() < dependence.until);
  if (!isSame) return undefined;
  const { liveLog } = index;
  if (liveLog.count === liveChanges) return liveChanges;
  if (dependence.liveColumns !== liveColumnsOf(index)) return undefined;
  const { anywhere, inside, candidates, shown } = dependence;
  const isCandidate = (ordinal: number): boolean =>
    candidates === undefined || indexOfSorted(candidates, ordinal) >= 0;
  return liveLog.everySince(
    liveChanges,
    (ordinal, field) =>
      !anywhere.has(field) && !shown.has(ordinal) && !(inside.has(field) && isCandidate(ordinal)),
  )
    ? liveLog.count
    : undefined;
}

function isSameContext(one: SearchContext, other: SearchContext): boolean {
  return (
    one.index === other.index &&
    one.minCosine === other.minCosine &&
    one.relevance === other.relevance &&
    one.taxonomy === other.taxonomy &&
    one.synonyms === other.synonyms &&
    one.weights === other.weights &&
    one.popularity === other.popularity &&
    one.arrangement === other.arrangement &&
    one.rules === other.rules
  );
}

/** Undefined for rules that select something else at any time, such as new products. */
function expiryOf(rules: CompiledRules | undefined, matched: readonly CompiledRule[]): number | undefined {
  if (rules === undefined) return Number.POSITIVE_INFINITY;
  return matched.some(({ newFirst }) => newFirst !== undefined) ? undefined : nextChange(rules);
}

/** The fields that products are sorted and counted by. */
function countedFields({ sort, facets, facet_query, facet_ranges }: SearchRequest): string[] {
  const named = [...sort, ...facet_ranges, ...(facet_query === undefined ? [] : [facet_query])];
  return [
    ...facets.map((field) => (field === '*' ? 'availability' : field)),
    ...named.map((text) => text.split(':', 1)[0] ?? ''),
  ];
}

function liveFieldsIn(fields: readonly string[]): LiveField[] {
  const names = new Set(fields.map((field) => visibleText(field)));
  return LIVE_FIELDS.filter((field) => names.has(field));
}

function liveColumnsOf({ columns }: LiveIndex): string {
  return LIVE_FIELDS.filter((field) => (columns.field(field)?.cells ?? 0) > 0).join(' ');
}
