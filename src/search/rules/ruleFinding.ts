import { YamlLines } from '../../domain/readYaml.js';

/** A problem in rules. An `error` prevents publishing; a `warning` is probably an oversight. */
export interface RuleFinding {
  readonly severity: 'error' | 'warning';
  /** A stable name, such as `unknown-key`. */
  readonly kind: string;
  /** The path: `rules.boots-week.then.boost[1].filter`; '' for the whole file. */
  readonly where: string;
  /** One sentence: what was found, and what to do. */
  readonly message: string;
  /** Counted from 1. */
  readonly line?: number;
}

/** The steps of a path, as in zod. */
export type Path = readonly PropertyKey[];

/** A finding before its path is described. */
export interface Found {
  readonly severity: 'error' | 'warning';
  readonly kind: string;
  readonly path: Path;
  readonly message: string;
  /** For a finding without a path. */
  readonly line?: number;
}

/** Formats a finding: `rules.yaml:12: rules.boots.then: …`, without what is unknown. */
export function findingLine({ severity, kind, where, message, line }: RuleFinding, file?: string): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  const parts = [place, where, message].filter((part) => part !== '');
  return `${severity}  ${parts.join(': ')} (${kind})`;
}

/** Describes each finding's path and finds its line; sorted by line. `raw` is the parsed text. */
export function placeFindings(text: string, raw: unknown, found: readonly Found[]): RuleFinding[] {
  // The text is parsed for lines only if a finding needs one.
  const finder = found.some(({ line }) => line === undefined) ? new YamlLines(text) : undefined;
  const placed = found.map(({ severity, kind, path, message, line }): RuleFinding => {
    const steps = stepsIn(raw, path);
    const at = line ?? finder?.lineOf(steps) ?? 1;
    const where = inWords(raw, steps);
    return { severity, kind, where, message, line: at };
  });
  return placed.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** The value at a path; undefined if there is none. */
export function valueAt(raw: unknown, path: Path): unknown {
  return stepsIn(raw, path).reduce<unknown>(childOf, raw);
}

/** The path as in the text: without a list index where a single value stands for a list. */
function stepsIn(raw: unknown, path: Path): (string | number)[] {
  const steps: (string | number)[] = [];
  let at = raw;
  for (const step of path) {
    if (typeof step === 'symbol') continue;
    const inside = childOf(at, step);
    if (inside === undefined && (step === 0 || step === 'is')) continue;
    steps.push(step);
    at = inside;
  }
  return steps;
}

function inWords(raw: unknown, steps: readonly (string | number)[]): string {
  let place = '';
  let at = raw;
  for (const [depth, step] of steps.entries()) {
    at = childOf(at, step);
    if (typeof step === 'string') place += place === '' ? step : `.${step}`;
    else {
      const id: unknown = depth === 1 ? childOf(at, 'id') : undefined;
      place += typeof id === 'string' && id.trim() !== '' ? `.${id}` : `[${step}]`;
    }
  }
  return place;
}

function childOf(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return Reflect.get(value, step);
}
