import type { Answer } from '../../shared/call.js';

export type Job = Answer<'/v1/jobs/{id}', 'get'>;

const KINDS: Readonly<Record<Job['kind'], string>> = {
  import: 'Import',
  enrich: 'Fill blanks',
  reindex: 'Reindex',
  fill: 'Fill a file',
  audit: 'Check the catalog',
  taxonomy: 'Change the taxonomy',
  learn: 'Learn from events',
};

export const STATES: Readonly<Record<Job['state'], string>> = {
  queued: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const STEPS: Readonly<Record<string, string>> = {
  read: 'Reading the products',
  import: 'Importing rows',
  store: 'Importing rows',
  embed: 'Computing what texts mean',
  learn: 'Learning from filled rows',
  tag: 'Learning from filled rows',
  enrich: 'Filling blanks',
  describe: 'Composing descriptions',
  write: 'Writing the index',
  graph: 'Building the index of meanings',
  generation: 'Building the index',
  check: 'Checking the new index',
  wait: 'Waiting for another process that does the same',
};

/** `Import`; an import that only says what it would change is named so. */
export function nameOf({ kind, request }: Job): string {
  return kind === 'import' && request.preview === true ? 'Preview of an import' : KINDS[kind];
}

/** The name of the file that it is about. */
export function fileOf({ request }: Job): string | undefined {
  const name = request.name ?? request.file;
  return typeof name === 'string' ? name : undefined;
}

export function isOver({ finished }: Job): boolean {
  return finished !== null;
}

/** `Filling blanks: 300 of 909` */
export function progressInWords({ state, progress }: Job): string {
  if (state === 'queued') return 'Waits for its turn.';
  if (progress === null) return 'Starting…';
  const { step, done, total } = progress;
  const what = STEPS[step] ?? step;
  if (total !== null && total > 0) return `${what}: ${done.toLocaleString()} of ${total.toLocaleString()}`;
  return done > 0 ? `${what}: ${done.toLocaleString()}` : what;
}

/** `2 min 5 s`, from the start to the end. */
export function duration({ started, finished }: Job): string {
  if (started === null || finished === null) return '';
  const seconds = Math.round((Date.parse(finished) - Date.parse(started)) / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes.toLocaleString()} min ${seconds % 60} s`;
}
