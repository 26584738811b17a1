import type { Answer } from '../../shared/call.js';
import { shownField } from '../../shared/format.js';

export type Completeness = Answer<'/v1/completeness', 'get'>;
export type Quality = Answer<'/v1/quality', 'get'>;
export type Measure = Quality['measures'][number];
export type Generation = Answer<'/v1/generations', 'get'>['generations'][number];

/** `57.4%` */
export function percent(share: number): string {
  return `${(Math.round(share * 1000) / 10).toLocaleString()}%`;
}

/** Measures in a merchandiser's words, in the order of the list. */
const MEASURES: Readonly<Record<string, string>> = {
  drift: 'Drift of new products',
  strangers: 'New kinds of products',
  confidence_fall: 'Loss of confidence',
  abstention_rise: 'More blanks without an answer',
  rejections: 'Rejected in review',
  zero_hits: 'Searches without results',
  delta: 'Written since the last reindex',
  generation_days: 'Age of the index',
  import_days: 'Age of the last import',
  quarantined: 'Rows in quarantine',
  without_vector: 'Found by words only',
};

export function measureTitle(name: string): string {
  return MEASURES[name] ?? shownField(name);
}

/** `14%`, or `3.2 days` */
export function measured(name: string, value: number): string {
  return name.endsWith('_days') ? `${(Math.round(value * 10) / 10).toLocaleString()} days` : percent(value);
}

/** Why a field applies nothing by itself, and what would change that. */
export function waitingWords({
  from,
  seen,
  right,
  target,
  missing,
}: Completeness['waiting'][number]): string {
  if (from === undefined) return 'No answer was sure enough, so every value waits for review.';
  const found =
    Math.round(seen) === 0
      ? `No answer at ${percent(from)} or surer is known to be right or wrong yet; ${percent(target)} have to be right.`
      : `Of ${Math.round(seen).toLocaleString()} answers at ${percent(from)} or surer ${Math.round(right).toLocaleString()} were right; ${percent(target)} have to be.`;
  return missing === undefined
    ? found
    : `${found} ${missing.toLocaleString()} more accepted one by one would change that.`;
}

/** The sum of what changed, by field, most first. */
export function changedWords(changed: NonNullable<Generation['changed']>): string[] {
  return Object.entries(changed)
    .sort(([, a], [, b]) => b.applied + b.unapplied - a.applied - a.unapplied)
    .map(([field, { applied, unapplied }]) => {
      const parts = [
        applied > 0 ? `${applied.toLocaleString()} filled` : '',
        unapplied > 0 ? `${unapplied.toLocaleString()} no longer filled` : '',
      ];
      return `${shownField(field)}: ${parts.filter((part) => part !== '').join(', ')}`;
    });
}
