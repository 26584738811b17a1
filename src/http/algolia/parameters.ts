import { z } from 'zod';
import { MAX_PER_PAGE } from '../../search/searchRequest.js';
import { parseBody } from '../validate.js';

/** Parameters that would leave products out, and that this service cannot answer. */
const UNSUPPORTED = [
  ...['aroundLatLng', 'aroundLatLngViaIP', 'insideBoundingBox', 'insidePolygon', 'tagFilters'],
  ...['offset', 'length', 'restrictSearchableAttributes', 'similarQuery'],
] as const;

const MAX_FACETS = 100;
const MAX_FACET_VALUES = 1000;

/** A list as JSON (`["a","b"]`), where it stands in the URL-encoded `params`, or with commas between. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.trimStart().startsWith('[')) {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  return value.trim() === '' ? [] : value.split(',').map((item) => item.trim());
}

/** As `fromText`, but a text that is no JSON is a single entry: values of filters have commas. */
function fromEntries(value: unknown): unknown {
  if (typeof value !== 'string' || value.trimStart().startsWith('[')) return fromText(value);
  return value.trim() === '' ? [] : [value];
}

const absentIfNull = (value: unknown): unknown => value ?? undefined;
const list = z.preprocess((value) => absentIfNull(fromText(value)), z.array(z.string()).optional());
const ticked = z.preprocess(
  (value) => absentIfNull(fromEntries(value)),
  z.array(z.union([z.string(), z.array(z.string())])).default([]),
);
const text = z.preprocess(absentIfNull, z.string().optional());
const flag = z.preprocess((value) => {
  if (value === 'true') return true;
  return value === 'false' ? false : absentIfNull(value);
}, z.boolean().optional());
function whole(min: number, max: number) {
  const digits = (value: unknown): unknown =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : absentIfNull(value);
  return z.preprocess(digits, z.number().int().min(min).max(max).optional());
}

const parametersSchema = z.looseObject({
  query: z.preprocess(absentIfNull, z.string().max(10_000).default('')),
  page: whole(0, Number.MAX_SAFE_INTEGER - 1),
  hitsPerPage: whole(0, MAX_PER_PAGE),
  filters: text,
  facetFilters: ticked,
  numericFilters: ticked,
  facets: z.preprocess(
    (value) => absentIfNull(fromText(value)),
    z.array(z.string().min(1)).max(MAX_FACETS).default([]),
  ),
  maxValuesPerFacet: whole(1, MAX_FACET_VALUES),
  attributesToRetrieve: list,
  attributesToHighlight: list,
  attributesToSnippet: list,
  snippetEllipsisText: text,
  highlightPreTag: text,
  highlightPostTag: text,
  distinct: z.preprocess((value) => {
    if (typeof value === 'number') return value > 0;
    return typeof value === 'string' ? value === 'true' || /^[1-9]\d*$/.test(value) : absentIfNull(value);
  }, z.boolean().optional()),
  typoTolerance: z.preprocess((value) => value !== false && value !== 'false', z.boolean()),
  clickAnalytics: flag,
  userToken: text,
  facet: text,
  facetQuery: z.preprocess(absentIfNull, z.string().max(1_000).default('')),
  maxFacetHits: whole(1, 100),
  ...Object.fromEntries(UNSUPPORTED.map((name) => [name, unsupported()])),
});

/** What a client of Algolia asks for; parameters that change no result of ours are left out. */
export type AlgoliaParameters = z.output<typeof parametersSchema>;

/**
 * Reads the parameters of a search, given as members or in the URL-encoded text `params`, which comes first.
 * @throws HttpError 400, naming the parameter and `place`.
 */
export function readParameters(given: Readonly<Record<string, unknown>>, place: string): AlgoliaParameters {
  const { params, ...members } = given;
  const encoded = typeof params === 'string' ? Object.fromEntries(new URLSearchParams(params)) : params;
  const all = typeof encoded === 'object' && encoded !== null ? { ...members, ...encoded } : members;
  return parseBody(parametersSchema, all, place);
}

/** The parameters as answers repeat them: URL-encoded. */
export function encodeParameters(given: Readonly<Record<string, unknown>>): string {
  if (typeof given.params === 'string') return given.params;
  const { indexName: _, type: __, params, ...members } = given;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...members, ...Object(params) }))
    if (value !== undefined && value !== null)
      parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return parameters.toString();
}

/** Clients send some of these without a value. */
function unsupported() {
  return z
    .unknown()
    .optional()
    .refine((value) => isNothing(value), { error: 'not supported; leave it out' });
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    value === 'false' ||
    value === '[]' ||
    (Array.isArray(value) && value.length === 0)
  );
}
