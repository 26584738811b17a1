import type { LiveColumn } from '../../index/columns/liveColumn.js';
import { readCell } from '../../index/columns/readCell.js';
import { categoryPathsOf, treeOf } from '../facets/countCategoryTree.js';
import { candidateFields, listValues, MAX_VALUES, mostUseful, usefulness } from '../facets/countFacets.js';
import { describeRanges, numbersOf, rangesOf, roundEdgesOf } from '../facets/countRanges.js';
import { describeStats } from '../facets/facetStats.js';
import { readFacetQuery } from '../facets/readFacetQuery.js';
import { readRanges } from '../facets/readRanges.js';
import { requireKnownField } from '../filter/requireKnownField.js';
import type { FacetStats, FacetValue, SearchAnswer } from '../searchAnswer.js';
import type { SearchRequest } from '../searchRequest.js';
import type { EngineIndex } from './engineIndex.js';
import { productsWithCodes } from './filterProducts.js';
import type { Counted, Counting, ProductEngine } from './productEngine.js';
import type { Products } from './products.js';

/** Values of one field that are counted: the engine counts no more in one request. */
const MAX_COUNTED = 60_000;

/** What facets are counted over. */
export interface EngineScope {
  readonly index: EngineIndex;
  readonly candidates: Products;
  /** For a refined field, the candidates without its own refinement. */
  readonly unrefined: ReadonlyMap<string, Products>;
  readonly grouped: boolean;
  readonly total: number;
}

type Facets = Pick<SearchAnswer, 'facets' | 'facet_stats' | 'facet_ranges' | 'category_tree'>;
type Counts = ReadonlyMap<string, Uint32Array>;

/** Counts what a request asks for, as `answerFacets` does: by the engine, in at most two requests. */
export async function answerEngineFacets(
  engine: ProductEngine,
  scope: EngineScope,
  request: SearchRequest,
): Promise<Facets> {
  const { index } = scope;
  const { facets, facet_limit, facet_query, facet_ranges, category_tree } = request;
  const typed = facet_query === undefined ? undefined : readFacetQuery(index, facet_query);
  const ranges = readRanges(facet_ranges);
  const all = facets.includes('*') ? candidateFields(index).filter((name) => isSmall(index, name)) : [];
  const asked = typed === undefined ? facets : [...facets, typed.field];
  const needed = [...new Set([...asked.filter((name) => name !== '*'), ...all])];
  for (const name of asked)
    if (name !== '*' && index.columns.field(name) === undefined) requireKnownField(index, name, 'facets');
  for (const { field } of ranges)
    if (index.columns.field(field) === undefined) requireKnownField(index, field, 'facet_ranges');
  const counts = await countValues(engine, scope, [
    ...new Set([...needed, ...ranges.map(({ field }) => field)]),
  ]);
  // Which fields are useful does not depend on variants.
  const ungrouped =
    scope.grouped && all.length > 0 ? await countValues(engine, { ...scope, grouped: false }, all) : counts;
  const chosen = chooseFields(all, ungrouped, scope.total);
  const fields = [...new Set(asked.flatMap((name) => (name === '*' ? chosen : [name])))];
  const listed: Record<string, FacetValue[]> = {};
  for (const field of fields) {
    const column = index.columns.field(field);
    const own = counts.get(field);
    listed[field] =
      column === undefined || own === undefined
        ? []
        : listValues(column.whole, own, facet_limit, typed?.field === field ? typed.text : '');
  }
  const measured = fields.filter((field) => isMeasured(index, field));
  const edges = ranges.map((one) => {
    const column = index.columns.field(one.field)?.whole;
    if ('edges' in one) return numbersOf(one.field, column, one.edges);
    return column === undefined ? [] : roundEdgesOf(column, codesWith(counts.get(one.field)), one.max);
  });
  const sets: { readonly scope: string; readonly products: Products }[] = [];
  for (const field of measured) sets.push({ scope: field, products: finite(index, field) });
  for (const [place, { field }] of ranges.entries())
    for (const products of rangeProducts(index, field, edges[place] ?? []))
      sets.push({ scope: field, products });
  const category = index.columns.field('category')?.whole;
  const countings: Counting[] = [
    ...sets.map((one) => counting(scope, one.scope, { sets: [one.products] })),
    ...(category_tree === undefined || category === undefined
      ? []
      : [counting(scope, 'category', { levels: [{ field: 'category', max: MAX_COUNTED }] })]),
  ];
  const { counted } = countings.length === 0 ? { counted: [] } : await engine.list([], countings);
  const numbers = counted.map(({ sets: [products = 0] }) => products);
  const stats: Record<string, FacetStats> = {};
  for (const [place, field] of measured.entries()) {
    const found = statsOf(
      index,
      field,
      counts.get(field),
      ungrouped.get(field) ?? counts.get(field),
      numbers[place] ?? 0,
    );
    if (found !== undefined) stats[field] = found;
  }
  let at = measured.length;
  const facetRanges = Object.fromEntries(
    ranges.map(({ field }, place) => {
      const own = edges[place] ?? [];
      const found = numbers.slice(at, at + Math.max(0, own.length - 1));
      at += found.length;
      return [field, describeRanges(index.columns.field(field)?.whole, own, found)];
    }),
  );
  return {
    facets: listed,
    ...(fields.length > 0 && { facet_stats: stats }),
    ...(ranges.length > 0 && { facet_ranges: facetRanges }),
    ...(category_tree !== undefined && {
      category_tree:
        category === undefined
          ? []
          : countedTree(index, category, counted.at(-1), category_tree, facet_limit),
    }),
  };
}

function counting(scope: EngineScope, field: string, what: Partial<Counting>): Counting {
  const products = scope.unrefined.get(field) ?? scope.candidates;
  return { products, grouped: scope.grouped, values: [], levels: [], sets: [], ...what };
}

/** Products by code of each field. */
async function countValues(
  engine: ProductEngine,
  scope: EngineScope,
  names: readonly string[],
): Promise<Counts> {
  const columns = names.flatMap((name) => {
    const column = scope.index.columns.field(name)?.whole;
    return column === undefined ? [] : [{ name, column }];
  });
  const shared = columns.filter(({ column }) => !scope.unrefined.has(column.name));
  const own = columns.filter(({ column }) => scope.unrefined.has(column.name));
  const valuesOf = ({ column }: { readonly column: LiveColumn }): Counting['values'][number] => ({
    field: column.name,
    max: Math.min(MAX_COUNTED, column.values.length + 1000),
  });
  const countings = [
    ...(shared.length === 0 ? [] : [counting(scope, '', { values: shared.map(valuesOf) })]),
    ...own.map((one) => counting(scope, one.column.name, { values: [valuesOf(one)] })),
  ];
  const { counted } = countings.length === 0 ? { counted: [] } : await engine.list([], countings);
  const found = counted.flatMap(({ values }) => values);
  return new Map(
    [...shared, ...own].map(({ name, column }, place) => [name, byCode(scope.index, column, found[place])]),
  );
}

function byCode(
  index: EngineIndex,
  column: LiveColumn,
  counts: ReadonlyMap<string, number> = new Map(),
): Uint32Array {
  const found = new Uint32Array(column.values.length);
  for (let code = 0; code < found.length; code++) {
    const key = index.vocabulary.keyOf(column, code);
    found[code] = key === undefined ? 0 : (counts.get(key) ?? 0);
  }
  return found;
}

function isSmall(index: EngineIndex, name: string): boolean {
  const column = index.columns.field(name);
  return column !== undefined && column.values.length <= MAX_VALUES;
}

function chooseFields(names: readonly string[], counts: Counts, total: number): string[] {
  return mostUseful(
    names.flatMap((name) => {
      const withField = usefulness(counts.get(name) ?? [], total);
      return withField === undefined ? [] : [{ name, withField }];
    }),
  );
}

function codesWith(counts: Uint32Array = new Uint32Array(0)): number[] {
  return Array.from(counts.keys()).filter((code) => (counts[code] ?? 0) > 0);
}

function isMeasured(index: EngineIndex, field: string): boolean {
  return index.columns.field(field)?.numbers.some(Number.isFinite) ?? false;
}

function finite(index: EngineIndex, field: string): Products {
  const column = index.columns.field(field)?.whole;
  const codes = Array.from(column?.numbers ?? [], (number) => (Number.isFinite(number) ? 1 : 0));
  return column === undefined ? { kind: 'ids', ids: [] } : productsWithCodes(index, column, codes);
}

function statsOf(
  index: EngineIndex,
  field: string,
  counts: Uint32Array = new Uint32Array(0),
  cells: Uint32Array = counts,
  products: number,
): FacetStats | undefined {
  const column = index.columns.field(field)?.whole;
  if (column === undefined) return undefined;
  const { numbers } = column;
  let [min, max, values, measured] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const code of codesWith(counts)) {
    const count = cells[code] ?? 0;
    values += count;
    const number = numbers[code] ?? Number.NaN;
    if (!Number.isFinite(number)) continue;
    measured += count;
    min = Math.min(min, number);
    max = Math.max(max, number);
  }
  if (measured === 0 || 2 * measured < values) return undefined;
  return describeStats(column, min, max, products);
}

/** The products with a value in each range. */
function rangeProducts(index: EngineIndex, field: string, edges: readonly number[]): Products[] {
  const column = index.columns.field(field)?.whole;
  const ranges = column === undefined ? [] : rangesOf(column, edges);
  return Array.from({ length: Math.max(0, edges.length - 1) }, (_, range) =>
    column === undefined
      ? { kind: 'ids', ids: [] }
      : productsWithCodes(
          index,
          column,
          Array.from(ranges, (own) => (own === range ? 1 : 0)),
        ),
  );
}

function countedTree(
  index: EngineIndex,
  column: LiveColumn,
  counted: Counted | undefined,
  depth: number,
  limit: number,
): SearchAnswer['category_tree'] {
  const counts = counted?.levels[0] ?? new Map<string, number>();
  const nodes = categoryPathsOf(column).map(
    (path) => counts.get(readCell('category', path, index.columns.rules)?.key ?? '') ?? 0,
  );
  return treeOf(column, nodes, depth, limit);
}
