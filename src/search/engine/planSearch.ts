import { UserError } from '../../domain/errors.js';
import { type Refinement, readRefinement } from '../filter/refinement.js';
import { type FoundCandidates, findCandidates } from '../findCandidates.js';
import { filterOf, ruledSearchOf, structureOf, understandOptionsOf, usableVector } from '../readRequest.js';
import type { RuledSearch } from '../rules/applyRules.js';
import type { CompiledRule } from '../rules/compileRules.js';
import { matchRules } from '../rules/matchRules.js';
import type { EmbedQuery } from '../search.js';
import type { SearchRequest } from '../searchRequest.js';
import { Query } from '../understand/query.js';
import { type UnderstoodQuery, understandQuery } from '../understand/understandQuery.js';
import type { EngineContext } from './engineContext.js';
import { EngineIndex } from './engineIndex.js';
import { type EngineFound, type EngineSet, engineSets, nearestTo } from './engineSets.js';
import { filterProducts } from './filterProducts.js';
import type { ProductEngine } from './productEngine.js';
import { ALL, both, either, type Products, without } from './products.js';
import { Questions } from './questions.js';

/** Of the nearest products, those that tell whether a query has to do with the catalog. */
const NEAREST_READ = 24;

/** What a search asks the engine for, and how it was understood. */
export interface SearchPlan {
  readonly index: EngineIndex;
  readonly questions: Questions;
  readonly matched: readonly CompiledRule[];
  readonly understood: UnderstoodQuery;
  readonly vector: Float32Array | undefined;
  readonly found: FoundCandidates<EngineSet, EngineFound>;
  /** After the rules, before the refinement. */
  readonly ruled: Products;
  /** What is refined, by field. */
  readonly refined: ReadonlyMap<string, Products>;
  readonly ruledSearch: RuledSearch;
  /** Ids that a rule pins, where they pass. */
  readonly pins: readonly string[];
  readonly understoodAt: number;
  readonly embeddedAt: number;
}

/** Understands and embeds the query, and finds out what its candidates are. */
export async function planSearch(
  context: EngineContext,
  engine: ProductEngine,
  request: SearchRequest,
  embed: EmbedQuery | undefined,
): Promise<SearchPlan> {
  const refinement = readRefinement(request.refine);
  const all: Products = request.status === 'all' ? ALL : { kind: 'status', status: request.status };
  const index = new EngineIndex(context.vocabulary, context.taxonomy, all);
  const questions = new Questions(engine, (_, answer) => {
    if (answer.kind === 'products') index.add(answer.products);
  });
  index.questions = questions;
  const filter = filterOf(request);
  const query = new Query(request.q);
  const reading = { ...context, vocabulary: context.words };
  const { understood, interpretations } = await questions.settle(() => {
    const structure = structureOf(index, context.taxonomy, request, query);
    return {
      interpretations: structure.interpretations,
      understood: understandQuery(index, structure.rest, understandOptionsOf(reading, request)),
    };
  });
  const understoodAt = performance.now();
  const embedded = understood.meaning === '' ? undefined : await embed?.(understood.meaning);
  const vector = usableVector(index, embedded);
  const embeddedAt = performance.now();
  const ruledSearch = ruledSearchOf(request, query, understood, interpretations, filter);
  return questions.settle(() => {
    if (vector !== undefined) readNearest(index, vector);
    const found = findCandidates(engineSets(index), {
      ...{ understood, interpretations, vector, filter, relax: request.relax },
      ...{ minCosine: context.minCosine, relevance: context.relevance },
    });
    const matched = context.rules === undefined ? [] : matchRules(context.rules, ruledSearch);
    const pins = matched.flatMap((rule) => rule.pins.map(({ id }) => id));
    return {
      ...{ index, questions, matched, understood, vector, found, ruledSearch, pins },
      ...{ understoodAt, embeddedAt },
      ruled: applyToProducts(index, found.candidates.set, found.pass, matched, pins),
      refined: refine(index, refinement),
    };
  });
}

/** Asks for the products that tell whether the query has to do with the catalog. */
function readNearest(index: EngineIndex, vector: Float32Array): void {
  const nearest = nearestTo(index, vector);
  if (nearest === undefined) return;
  const ids = nearest.ids.slice(0, NEAREST_READ);
  index.questions?.get({ kind: 'products', products: { kind: 'ids', ids }, limit: NEAREST_READ });
  index.setNearest({ ids, cosines: nearest.cosines.slice(0, NEAREST_READ) });
}

/** The products of a set after the rules, see applyRules. */
export function applyToProducts(
  index: EngineIndex,
  set: EngineSet,
  pass: EngineSet,
  matched: readonly CompiledRule[],
  pins: readonly string[],
): Products {
  const found = set.products;
  let products = pins.length === 0 ? found : either([found, both(pass.products, { kind: 'ids', ids: pins })]);
  for (const { kept, hidden, hiddenIds } of matched) {
    const keptProducts = kept && ifKnown(() => filterProducts(index, kept));
    if (keptProducts !== undefined) products = both(products, keptProducts);
    const hiddenProducts = hidden && ifKnown(() => filterProducts(index, hidden));
    if (hiddenProducts !== undefined) products = without(products, hiddenProducts);
    if (hiddenIds.length > 0) products = without(products, { kind: 'ids', ids: [...hiddenIds] });
  }
  return products;
}

/** A rule's filter on a field that the catalog lacks selects nothing. */
function ifKnown(read: () => Products): Products | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** See applyRefinement. */
function refine(index: EngineIndex, refinement: Refinement): ReadonlyMap<string, Products> {
  return new Map([...refinement].map(([field, filter]) => [field, filterProducts(index, filter)]));
}
