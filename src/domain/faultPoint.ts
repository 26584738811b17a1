/** Points where fault-injection tests can kill the process, in the order of the work. */
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

/** `generation.file:3` means the third time this process passes the point. */
const [armed, passing = '1'] = (process.env.SHELFWRIGHT_FAULT ?? '').split(':');
let left = Number(passing);

/**
 * Kills the process with SIGKILL if SHELFWRIGHT_FAULT names this point. Only fault-injection tests set it; otherwise
 * this is one comparison.
 */
export function faultPoint(name: FaultPoint): void {
  if (name === armed && --left === 0) process.kill(process.pid, 'SIGKILL');
}
