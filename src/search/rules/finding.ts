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
