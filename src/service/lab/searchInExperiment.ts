import { seededRandom } from '../../domain/seededRandom.js';
import { assign, seedOf } from '../../experiments/assign.js';
import type { StoredExperiment, Variant } from '../../experiments/definition.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import { type Team, teamDraft } from '../../statistics/interleave.js';
import type { Reader } from '../reader.js';

/** What a search of a shopper in an experiment got. */
export interface ExperimentedAnswer {
  readonly answer: SearchAnswer;
  readonly experiment: string;
  readonly variant: string;
  readonly teams: readonly Team[] | undefined;
}

/** Places of a result in which two variants take turns: few shoppers look at more. */
const MIXED_PLACES = 100;

/**
 * Answers a search of a client of a running experiment; undefined if the client does not take part, or the search is one
 * that all get alike: sorted, or of other products than active ones.
 * @param clientId hashed, as it is stored.
 */
export async function searchInExperiment(
  reader: Reader,
  { experiment }: StoredExperiment,
  clientId: string,
  asked: SearchRequest,
): Promise<ExperimentedAnswer | undefined> {
  if (asked.sort.length > 0 || asked.status !== 'active') return undefined;
  const assigned = assign(experiment, clientId);
  if (assigned === undefined) return undefined;
  const { name, mode, variants } = experiment;
  const [first, second] = variants;
  if (mode === 'ab' || first === undefined || second === undefined) {
    const answer = await reader.searchInExperiment(asked, assigned.search);
    reader.recordQuery(asked, answer);
    return { answer, experiment: name, variant: assigned.name, teams: undefined };
  }
  const mixed = await mix(reader, asked, [first, second], seedOf(experiment, clientId, asked.q));
  reader.recordQuery(asked, mixed.answer);
  return { ...mixed, experiment: name, variant: 'interleaved' };
}

/**
 * One page of a result in which the two variants take turns. They draft only among the first MIXED_PLACES products of the
 * first variant, so that the pages list exactly its products, each once, as its total and facets count them; the places
 * after those are its own.
 */
async function mix(
  reader: Reader,
  asked: SearchRequest,
  [first, second]: readonly [Variant, Variant],
  seed: number,
): Promise<Pick<ExperimentedAnswer, 'answer' | 'teams'>> {
  const { page, per_page } = asked;
  const from = (page - 1) * per_page;
  const end = from + per_page;
  if (from >= MIXED_PLACES)
    return {
      answer: await reader.searchInExperiment(asked, first.search),
      teams: undefined,
    };
  const whole = { ...asked, page: 1, per_page: Math.max(end, MIXED_PLACES) };
  const a = await reader.searchInExperiment(whole, first.search);
  const idsOnly = {
    ...{ facets: [], facet_ranges: [], category_tree: undefined, facet_query: undefined },
    ...{ fields: ['id'], explain: false, per_page: MIXED_PLACES },
  };
  const b = await reader.searchInExperiment({ ...whole, ...idsOnly }, second.search);
  const best = a.hits.slice(0, MIXED_PLACES);
  const drafted = teamDraft(
    best.map(({ id }) => id),
    orderOf(best, b.hits),
    best.length,
    seededRandom(seed),
  );
  const hits = new Map(a.hits.map((hit) => [hit.id, hit]));
  const listed = [
    ...drafted.ids.map((id, place) => ({ id, team: drafted.teams[place] ?? null })),
    ...a.hits.slice(MIXED_PLACES).map(({ id }) => ({ id, team: null })),
  ].slice(from, end);
  return {
    answer: {
      ...a,
      page,
      per_page,
      hits: listed.flatMap(({ id }) => hits.get(id) ?? []),
      took_ms: Math.round((a.took_ms + b.took_ms) * 1000) / 1000,
    },
    teams: listed.map(({ team }) => team),
  };
}

/** The hits of the first variant in the order of the second; where variants of a product are one hit, by their group. */
function orderOf(best: SearchAnswer['hits'], other: SearchAnswer['hits']): string[] {
  const listedAs = new Map<string, string>();
  for (const { id, variants } of best) for (const one of variants?.ids ?? []) listedAs.set(one, id);
  for (const { id } of best) listedAs.set(id, id);
  return other.flatMap(({ id }) => listedAs.get(id) ?? []);
}
