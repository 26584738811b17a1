/** The number of rounds, and the seed of the first one (round r has seed + r). */
export interface FaultTestOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** Figures to print, and each violated guarantee with the seed that replays it. */
export interface FaultTestResult {
  readonly figures: Readonly<Record<string, number>>;
  readonly violations: readonly { readonly seed: number; readonly what: string }[];
}

export type FaultTest = (options: FaultTestOptions) => Promise<FaultTestResult>;
