import { METRICS, type StoredExperiment } from './definition.js';
import type { Estimate, Outcome, VariantReport } from './outcome.js';

/** The verdict of a report and what to do next, in plain words. */
export function wordsOf(
  outcome: Outcome,
  { experiment, stopped, stopReason }: StoredExperiment,
  reports: readonly VariantReport[],
  preference: Estimate | null,
): { readonly verdict: string; readonly next_step: string } {
  const [first, second] = experiment.variants.map(({ name }) => name);
  const { label, unit } = METRICS[experiment.target];
  const shown = (value: number | null | undefined): string =>
    unit === 'share' && typeof value === 'number' ? `${signed(100 * value)} points` : signed(value);
  const decided = reports.find((report) => report.outcome === outcome) ?? reports.at(-1);
  const name = preference === null ? (decided?.name ?? '') : (second ?? '');
  const change = preference ?? decided?.differences?.[experiment.target];
  const by =
    preference === null
      ? `${label}: ${shown(change?.value)} (between ${shown(change?.low)} and ${shown(change?.high)})`
      : `clicks prefer ${(change?.value ?? 0) >= 0 ? second : first} by ${signed(change?.value)} on a scale from -1 to 1 (between ${signed(change?.low)} and ${signed(change?.high)})`;
  const isUnknown = change?.low === null || change?.low === undefined;
  const soFar = isUnknown ? 'too few shoppers took part so far' : by;
  const stop = stopped === null ? `stop it with shelfwright experiment stop ${experiment.name}, and ` : '';
  switch (outcome) {
    case 'better':
      return {
        verdict: `${name} is better than ${first}; ${by}.`,
        next_step: `Make ${name} the ranking that serves${stopped === null ? ', which also stops it' : ''}, with shelfwright experiment adopt ${experiment.name}.`,
      };
    case 'worse':
      return {
        verdict: `${name} is worse than ${first}; ${by}.`,
        next_step: capital(`${stop}keep ${first}.`),
      };
    case 'no_difference':
      return {
        verdict: `There is no difference that matters between ${first} and ${name}; ${by}.`,
        next_step: capital(`${stop}keep whichever is simpler.`),
      };
    case 'guardrail':
      return {
        verdict:
          stopReason ??
          `${name} makes something else worse than the guardrails allow${brokenInWords(experiment, reports)}.`,
        next_step: capital(`${stop}keep ${first}; the differences below say what became worse.`),
      };
    case 'broken':
      return {
        verdict:
          'The groups are not of the sizes that the assignment makes (sample-ratio mismatch), so that their figures cannot be compared.',
        next_step: `Look for what keeps searches or events of one variant from being recorded, and start again under another name: ${reports.map((report) => `${report.name} has ${report.clients} shoppers`).join(', ')}.`,
      };
    case 'too_early':
      return {
        verdict:
          stopped === null
            ? `It is too early to say: ${soFar}.`
            : `It was stopped before it could show a difference: ${soFar}.`,
        next_step:
          stopped === null
            ? `Let it run: shelfwright experiment duration says how long it takes with this shop's traffic.`
            : 'Start it again with a larger share of the shoppers, or by interleaving, which needs fewer.',
      };
  }
}

/** Which guardrails a variant surely breaks: `: searches without results 12 % instead of 0.4 %, and 20 % more are allowed`. */
function brokenInWords(
  { guardrails }: StoredExperiment['experiment'],
  reports: readonly VariantReport[],
): string {
  const [first] = reports;
  const broken = reports.find(({ outcome }) => outcome === 'guardrail');
  if (first === undefined || broken === undefined) return '';
  const parts = guardrails.flatMap(({ metric, max_worse }) => {
    if (!broken.broken_guardrails.includes(metric)) return [];
    const { label, better, unit } = METRICS[metric];
    const shown = (value: number | null): string =>
      value === null
        ? 'unknown'
        : `${plain(unit === 'share' ? 100 * value : value)}${unit === 'share' ? ' %' : ''}`;
    const allowed = `${Math.round(100 * max_worse)} % ${better === 'lower' ? 'more' : 'less'}`;
    return `${label} ${shown(broken.metrics[metric])} instead of ${shown(first.metrics[metric])}, and ${allowed} are allowed`;
  });
  return `: ${parts.join('; ')}`;
}

function signed(value: number | null | undefined): string {
  if (value === null || value === undefined) return 'unknown';
  return value > 0 ? `+${plain(value)}` : plain(value);
}

function plain(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toPrecision(2);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
