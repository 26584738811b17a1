import type { answerFacets } from './facets/answerFacets.js';
import type { FoundCandidates } from './findCandidates.js';
import type { RuleEffects } from './rules/ruleEffects.js';
import type { Hit, SearchAnswer } from './searchAnswer.js';
import type { SearchRequest } from './searchRequest.js';
import type { UnderstoodQuery } from './understand/understandQuery.js';

/** When each step ended, as `performance.now()`. */
export interface StepTimes {
  readonly startedAt: number;
  readonly understoodAt: number;
  readonly embeddedAt: number;
  readonly retrievedAt: number;
  readonly endedAt: number;
}

/** What a search has found, ranked and presented, wherever its products are. */
export interface ComposedParts {
  readonly total: number;
  readonly hits: SearchAnswer['hits'];
  readonly closeHits: readonly Hit[];
  readonly facets: ReturnType<typeof answerFacets>;
  readonly understood: UnderstoodQuery;
  readonly found: Pick<FoundCandidates<unknown, unknown>, 'understood' | 'readings' | 'relaxed'>;
  readonly ruleEffects: Pick<RuleEffects, 'rules' | 'redirect'>;
  readonly mode: SearchAnswer['mode'];
  readonly generation: string;
  readonly times: StepTimes;
}

/** The milliseconds of each step. */
export function stepsOf(times: StepTimes): NonNullable<SearchAnswer['parts']> {
  const { startedAt, understoodAt, embeddedAt, retrievedAt, endedAt } = times;
  return {
    understand: round(understoodAt - startedAt),
    embed: round(embeddedAt - understoodAt),
    retrieve: round(retrievedAt - embeddedAt),
    rank: round(endedAt - retrievedAt),
  };
}

/** The answer to a search from its parts. */
export function composeAnswer(request: SearchRequest, parts: ComposedParts): SearchAnswer {
  const { total, hits, closeHits, facets, understood, found, ruleEffects, mode, generation, times } = parts;
  return {
    ...{ query: request.q, total, page: request.page, per_page: request.per_page, hits },
    ...(closeHits.length > 0 && { close_products: [...closeHits] }),
    ...facets,
    understood: {
      filters: found.readings.filter(({ strict }) => strict).map((reading) => reading.filter),
      corrections: understood.corrections.map(({ typed, read }) => `${typed} → ${read}`),
      synonyms: [...understood.synonyms, ...(found.understood.related ?? [])],
      readings: [...found.readings],
      relaxed: [...found.relaxed],
    },
    ...(ruleEffects.rules.length > 0 && { rules: [...ruleEffects.rules] }),
    ...(ruleEffects.redirect !== undefined && { redirect: ruleEffects.redirect }),
    ...{ mode, generation },
    took_ms: round(times.endedAt - times.startedAt),
    ...(request.explain && { parts: stepsOf(times) }),
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
