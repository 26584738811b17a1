/**
 * Reports the progress of a long step: `done` of `total` (rows unless the step says otherwise; `total` is undefined
 * while unknown).
 * Called at most a few hundred times per step.
 */
export type Progress = (step: string, done: number, total: number | undefined) => void;

export const silent: Progress = () => {};
