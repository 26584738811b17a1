import { UserError } from '../../domain/errors.js';
import { type Experiment, METRICS, type Variant } from '../../experiments/definition.js';
import type { ExperimentReport } from '../../experiments/report.js';
import type { RankingSettings } from '../../search/rank/rankingSettings.js';

/** The variant that surely is better than the first one, of several the best; undefined if none is. */
export function winnerOf(
  { variants, mode, target }: Experiment,
  report: ExperimentReport,
): Variant | undefined {
  if (report.outcome !== 'better') return undefined;
  if (mode === 'interleaving') return variants[1];
  const sign = METRICS[target].better === 'higher' ? 1 : -1;
  const gain = (name: string): number => {
    const found = report.variants.find((one) => one.name === name);
    const value = found?.outcome === 'better' ? found.differences?.[target].value : undefined;
    return value === undefined || value === null ? Number.NEGATIVE_INFINITY : sign * value;
  };
  return variants
    .slice(1)
    .filter(({ name }) => gain(name) > Number.NEGATIVE_INFINITY)
    .toSorted((a, b) => gain(b.name) - gain(a.name))[0];
}

/** What of a variant can be adopted. */
export function rankingOf({ search }: Variant): RankingSettings {
  const { weights, popularity, diversity, exploration } = search;
  return {
    ...(weights !== undefined && { weights }),
    ...(popularity !== undefined && { popularity }),
    ...(diversity !== undefined && { diversity }),
    ...(exploration !== undefined && { exploration }),
  };
}

const ELSEWHERE = {
  meaning: 'answers by words only, which a service does that has no model (setting data.model)',
  facts: 'ignores filled values: withdraw them with shelfwright review',
  rules: 'ignores the rules: publish none with shelfwright rules rollback',
  understand: 'does not read queries: send understand=false with searches',
  correct: 'does not correct spelling: send correct=false with searches',
} as const;

/** @throws UserError for a variant that differs in something else, which is changed elsewhere. */
export function refuseUnlessRanking({ name, search }: Variant): void {
  if (search.imported !== undefined)
    throw new UserError(
      `${name} is a ranking of another search and cannot be adopted: keep that search, or pin its products with rules.`,
    );
  if (search.generation !== undefined)
    throw new UserError(
      `${name} is another generation: make it the one that serves at the desk (Overview, Generations).`,
    );
  for (const part of ['meaning', 'facts', 'rules', 'understand', 'correct'] as const) {
    if (!search[part])
      throw new UserError(
        `${name} cannot be adopted here, because only a ranking can: it ${ELSEWHERE[part]}.`,
      );
  }
}
