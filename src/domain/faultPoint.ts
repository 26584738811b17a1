/** The steps at which a trial may have a process killed, in the order of the work they lie in. */
export const FAULT_POINTS = [
  'store.commit',
  'store.committed',
  'reindex.locked',
  'generation.staged',
  'reindex.embedded',
  'enrich.written',
  'enricher.written',
  'enricher.renamed',
  'graph.written',
  'generation.file',
  'generation.manifest',
  'generation.checked',
  'generation.renamed',
  'current.written',
  'current.renamed',
  'generation.aside',
  'generation.removed',
  'reindex.pruned',
  'backup.file',
  'backup.store',
  'backup.manifest',
  'backup.renamed',
  'restore.marked',
  'restore.file',
  'restore.checked',
  'restore.moved',
  'restore.unmarked',
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/** `generation.file:3`: the third time that this process comes by. */
const [armed, passing = '1'] = (process.env.SHELFWRIGHT_FAULT ?? '').split(':');
let left = Number(passing);

/**
 * Ends the process at once, as a power cut would, where SHELFWRIGHT_FAULT names this point. Unless it is set, which
 * only trials do, this is one comparison.
 */
export function faultPoint(name: FaultPoint): void {
  if (name === armed && --left === 0) process.kill(process.pid, 'SIGKILL');
}
