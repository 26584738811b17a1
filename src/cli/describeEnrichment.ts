import type { EnrichStoreReport } from '../catalog/enrich/enrichStore.js';
import type { Waiting } from '../enrich/calibration/thresholds.js';

/** Fields listed on a line. */
const MAX_LISTED = 8;
/** Waiting fields that are explained. */
const MAX_EXPLAINED = 3;

/** What an enrichment of the store changed, and why fields apply nothing. No lines if it had nothing to do. */
export function describeEnrichment(report: EnrichStoreReport | undefined): string[] {
  if (report === undefined || report.products === 0) return [];
  const { became_applied, became_unapplied, waiting } = report;
  const lines = [
    `Became applied: ${listed(became_applied)}.`,
    ...(Object.keys(became_unapplied).length > 0 ? [`No longer applied: ${listed(became_unapplied)}.`] : []),
    ...waiting.slice(0, MAX_EXPLAINED).map(({ field, ...why }) => `${field} ${describeWaiting(why)}`),
  ];
  const more = waiting.length - MAX_EXPLAINED;
  return more > 0 ? [...lines, `${more} more fields apply nothing yet.`] : lines;
}

/** Why a field applies nothing by itself, as the rest of a sentence about the field. */
function describeWaiting({ from, seen, right, target, missing }: Waiting): string {
  if (from === undefined)
    return 'applies nothing: no answer for held-out rows was surer than .70, so its values wait for review.';
  const percent = Math.round(target * 1000) / 10;
  const found = `applies nothing: of ${count(seen)} answers at ${shown(from)} or surer ${count(right)} were right, and ${percent} % have to be`;
  return missing === undefined
    ? `${found}.`
    : `${found}; ${missing} more accepted one by one would change that.`;
}

function count(weighted: number): string {
  return String(Math.round(weighted));
}

function shown(confidence: number): string {
  return confidence.toFixed(2).replace(/^0/, '');
}

function listed(counts: Readonly<Record<string, number>>): string {
  const all = Object.entries(counts);
  if (all.length === 0) return 'nothing new';
  const list = all.slice(0, MAX_LISTED).map(([field, n]) => `${n} of ${field}`);
  return `${list.join(', ')}${all.length > MAX_LISTED ? `, and ${all.length - MAX_LISTED} more fields` : ''}`;
}
