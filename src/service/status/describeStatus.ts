import type { Measure } from '../monitor/measures/measure.js';
import type { GenerationStatus, QualityStatus, Status, StoreStatus } from './collectStatus.js';

const LABEL = 12;

/** A status as lines for a person. */
export function describeStatus({ running, generation, store, quality, problems, next }: Status): string[] {
  return [
    line('service', running ? 'running' : 'not running'),
    ...describeGeneration(generation),
    ...(store === null ? [] : describeStore(store)),
    ...(quality === null ? [] : describeQuality(quality)),
    ...problems.map((problem) => line('problem', problem)),
    ...(next === null ? [] : [line('next', next)]),
  ];
}

function describeGeneration(generation: GenerationStatus | null): string[] {
  if (generation === null) return [line('serves', 'nothing was indexed yet')];
  const { id, products, mode, age_seconds, taxonomy, bytes } = generation;
  return [
    line(
      'serves',
      `${products} products, ${mode}: generation ${id}, ${span(age_seconds)} old, ${size(bytes)}`,
    ),
    line('taxonomy', taxonomy),
  ];
}

function describeStore({
  products,
  bytes,
  delta,
  facts,
  completeness,
  learned,
  keys,
  key_required,
  ...rest
}: StoreStatus): string[] {
  const { last_import, last_backup, jobs } = rest;
  const lines = [
    line('store', `${products} products, ${size(bytes)}; ${delta} written since the generation was built`),
  ];
  if (completeness !== null) {
    const { before, after, of } = completeness;
    lines.push(
      line(
        'complete',
        `${percent(before)} of category and attribute cells by the merchant, ${percent(after)} with what was applied (of ${of} products)`,
      ),
    );
  }
  const counts = Object.entries(facts).map(([status, count]) => `${count} ${status}`);
  if (counts.length > 0) lines.push(line('facts', counts.join(', ')));
  lines.push(
    line('learned', learned === null ? 'not yet' : `from ${learned.rows} products at ${learned.at}`),
    line(
      'last import',
      last_import === null
        ? 'none known'
        : `${last_import.at}: ${last_import.rows} rows, ${last_import.imported} new, ${last_import.updated} updated, ${last_import.deleted} deleted, ${last_import.quarantined} in quarantine`,
    ),
    line(
      'last backup',
      last_backup === null ? 'none known' : `${last_backup.at}: ${last_backup.products} products`,
    ),
    line('keys', keysText(keys, key_required)),
    ...jobs.map(({ kind, state, created, finished, error }) =>
      line(
        'job',
        `${kind} ${state}, requested at ${created}${finished === null ? '' : `, ended at ${finished}`}${error === null ? '' : `: ${error}`}`,
      ),
    ),
  );
  return lines;
}

function keysText(valid: number, required: boolean): string {
  if (valid > 0) return String(valid);
  return required
    ? 'none valid, and one is required: run shelfwright keys create, or shelfwright keys reopen'
    : 'none: loopback only';
}

function describeQuality({ measures, alerts }: QualityStatus): string[] {
  const since = new Map(alerts.map((alert) => [alert.name, alert.since]));
  return ['quality', ...measures.map((measure) => describeMeasure(measure, since.get(measure.name)))];
}

function describeMeasure({ name, value, threshold, sentence }: Measure, since: string | undefined): string {
  const passed = value !== null && threshold !== null && value > threshold;
  const mark = since !== undefined || passed ? '!' : ' ';
  const figure = value === null ? '-' : String(value);
  const bound = threshold === null ? '' : ` of ${threshold}`;
  const raised = since === undefined ? '' : ` Alert since ${since}.`;
  return `${mark} ${name.padEnd(16)} ${`${figure}${bound}`.padEnd(15)} ${sentence}${raised}`;
}

function line(label: string, text: string): string {
  return `${label.padEnd(LABEL)} ${text}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
