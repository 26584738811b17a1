/**
 * How a long step tells that it moves: `done` of `total` (rows unless the step says otherwise;
 * `total` is undefined while it is unknown). Called at most a few hundred times a step.
 */
export type Progress = (step: string, done: number, total: number | undefined) => void;

export const silent: Progress = () => {};
