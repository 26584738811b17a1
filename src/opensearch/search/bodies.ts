import type { Counting, ListRequest, Question, SortKey } from '../../search/engine/productEngine.js';
import { encodeField, tokenPrefix } from '../documentNames.js';
import { translate } from './translate.js';

/** Up to so many products the nearest ones are found by comparing all, which is exact. */
export const SHARDS_EXACT = 50_000;
/** Groups up to this number are counted exactly for all practical purposes, more with an error of a percent. */
const PRECISION = 40_000;
/** Candidates of the approximate search by distance, relative to the number asked for. */
const BREADTH = 2;

/** The nearest products, nearest first; equal ones by id. */
export function nearestBody(
  { vector, within, limit }: Extract<Question, { kind: 'nearest' }>,
  exact: boolean,
): object {
  const query = Array.from(vector);
  const filter = { bool: { filter: [translate(within), { exists: { field: 'vector' } }] } };
  return {
    size: limit,
    track_total_hits: false,
    _source: false,
    docvalue_fields: ['id'],
    query: exact
      ? {
          script_score: {
            query: filter,
            script: {
              lang: 'knn',
              source: 'knn_score',
              params: { field: 'vector', query_value: query, space_type: 'cosinesimil' },
            },
          },
        }
      : { knn: { vector: { vector: query, k: BREADTH * limit, filter } } },
    sort: ['_score', { id: 'asc' }],
  };
}

/** A page of products in an order that ends in the id. */
export function listBody({ products, scores, sort, grouped, from, size, whole }: ListRequest): object {
  return {
    from,
    size,
    track_total_hits: true,
    ...(whole ? {} : { _source: false }),
    docvalue_fields: ['id'],
    query: {
      bool: {
        filter: [translate(products)],
        should: scores.map((one) => ({
          constant_score: { filter: translate(one.products), boost: one.weight },
        })),
      },
    },
    sort: [...(sort.length === 0 ? ['_score'] : sort.flatMap(sortOf)), { id: 'asc' }],
    ...(grouped && {
      collapse: { field: 'variant' },
      aggs: { groups: { cardinality: { field: 'variant', precision_threshold: PRECISION } } },
    }),
  };
}

function sortOf(key: SortKey): object[] {
  if (key.by === 'id') return [{ id: key.direction }];
  const name = encodeField(key.field);
  return [
    ...(key.numeric
      ? [
          {
            [`first.${name}`]: {
              order: key.direction,
              missing: key.missing ?? '_last',
              unmapped_type: 'double',
            },
          },
        ]
      : []),
    ...(key.texts
      ? [{ [`sort.${name}`]: { order: key.direction, missing: '_last', unmapped_type: 'keyword' } }]
      : []),
  ];
}

/** Counts over some products, without the products. */
export function countingBody({ products, grouped, values, levels, sets }: Counting): object {
  const groups = grouped
    ? { aggs: { groups: { cardinality: { field: 'variant', precision_threshold: PRECISION } } } }
    : {};
  const terms = (field: string, name: string, max: number): object => ({
    terms: { field, include: `${tokenPrefix(name)}.*`, size: max, shard_size: max },
    ...groups,
  });
  return {
    size: 0,
    track_total_hits: false,
    query: { bool: { filter: [translate(products)] } },
    aggs: Object.fromEntries([
      ...values.map(({ field, max }, place) => [`values-${place}`, terms('values', field, max)]),
      ...levels.map(({ field, max }, place) => [`levels-${place}`, terms('within', field, max)]),
      ...sets.map((set, place) => [`set-${place}`, { filter: translate(set), ...groups }]),
    ]),
  };
}
