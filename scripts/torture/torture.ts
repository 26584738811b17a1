/** What a trial is given: how often to try, and the seed of its first round (round r has seed + r). */
export interface Trial {
  readonly rounds: number;
  readonly seed: number;
  readonly tell: (line: string) => void;
}

/** What came of it: figures to print, and each broken promise with the seed that replays it. */
export interface Verdict {
  readonly figures: Readonly<Record<string, number>>;
  readonly broken: readonly { readonly seed: number; readonly what: string }[];
}

export type Torture = (trial: Trial) => Promise<Verdict>;
