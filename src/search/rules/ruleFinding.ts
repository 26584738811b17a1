import { YamlLines } from '../../domain/readYaml.js';

/** What is wrong with rules. An `error` keeps them from being published; a `warning` is likely an oversight. */
export interface RuleFinding {
  readonly severity: 'error' | 'warning';
  /** A stable name, such as `unknown-key`. */
  readonly kind: string;
  /** The place inside: `rules.boots-week.then.boost[1].filter`; '' for the whole. */
  readonly where: string;
  /** One sentence: what was found, and what to do. */
  readonly message: string;
  /** From 1. */
  readonly line?: number;
}

/** Steps from the whole inwards, as zod gives them. */
export type Path = readonly PropertyKey[];

/** A finding before its place was put in words. */
export interface Found {
  readonly severity: 'error' | 'warning';
  readonly kind: string;
  readonly path: Path;
  readonly message: string;
  /** Where a path cannot say it. */
  readonly line?: number;
}

/** `rules.yaml:12: rules.boots.then: …`, as far as the place is known. */
export function findingLine({ severity, kind, where, message, line }: RuleFinding, file?: string): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  const parts = [place, where, message].filter((part) => part !== '');
  return `${severity}  ${parts.join(': ')} (${kind})`;
}

/** Puts each finding's place into words and finds its line, in the order of the text. `raw` is the text as parsed. */
export function placeFindings(text: string, raw: unknown, found: readonly Found[]): RuleFinding[] {
  // The text is parsed again for its lines only where there is something to place.
  const finder = found.some(({ line }) => line === undefined) ? new YamlLines(text) : undefined;
  const placed = found.map(({ severity, kind, path, message, line }): RuleFinding => {
    const steps = stepsIn(raw, path);
    const at = line ?? finder?.lineOf(steps) ?? 1;
    const where = inWords(raw, steps);
    return { severity, kind, where, message, line: at };
  });
  return placed.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(raw: unknown, path: Path): unknown {
  return stepsIn(raw, path).reduce<unknown>(childOf, raw);
}

/** The path as the text has it: where one thing stands for a list, the step into the list is not there. */
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
