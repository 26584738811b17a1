const STEPS: Readonly<Record<string, string>> = {
  wait: 'Waiting for other work to end',
  check: 'Checking what would be cleared',
  import: 'Importing rows',
  read: 'Reading products',
  embed: 'Reading the words of products',
  learn: 'Learning from filled products',
  tag: 'Learning from filled products',
  neighbours: 'Comparing products',
  compare: 'Comparing products',
  enrich: 'Looking for values',
  write: 'Writing the file',
};

/** The step of a job in words. */
export function shownStep(step: string): string {
  return STEPS[step] ?? step.charAt(0).toUpperCase() + step.slice(1);
}
