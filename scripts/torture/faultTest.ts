/** The number of rounds, and the seed of the first one (round r has seed + r). */
export interface FaultTestOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly log: (line: string) => void;
  /** A folder made by `makeGeneratedCatalog` to copy; one is made unless given. */
  readonly catalog?: string;
  /** The address of an OpenSearch node, for the tests that need one. */
  readonly engine?: string | undefined;
}

/** Figures to print, and each violated guarantee with the seed that replays it. */
export interface FaultTestResult {
  readonly figures: Readonly<Record<string, number>>;
  readonly violations: readonly { readonly seed: number; readonly what: string }[];
}

export type FaultTest = (options: FaultTestOptions) => Promise<FaultTestResult>;

/** From so many rounds on, also what is left to chance must have happened. */
const MANY_ROUNDS = 20;

/**
 * The test, which now also fails where nothing happened, because that proves nothing: a figure of `always` is 0, or in many
 * rounds one of `usually`.
 */
export function requireProgress(
  { always, usually = [] }: { readonly always: readonly string[]; readonly usually?: readonly string[] },
  test: FaultTest,
): FaultTest {
  return async (options) => {
    const { figures, violations } = await test(options);
    const required = options.rounds >= MANY_ROUNDS ? [...always, ...usually] : always;
    const missing = required.filter((name) => !((figures[name] ?? 0) > 0));
    const idle = missing.map((name) => ({
      seed: options.seed,
      what: `nothing was tested: '${name}' is ${figures[name] ?? 0} after ${options.rounds} rounds`,
    }));
    return { figures, violations: [...violations, ...idle] };
  };
}
