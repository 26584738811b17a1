/** What is wrong with a taxonomy. An `error` makes reads ambiguous or ids dangle; a `warning` is likely an oversight. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** A stable name, such as `unknown-parent`. */
  readonly rule: string;
  /** A place in the taxonomy by ids: `categories.shirts`, `attributes.color.values.Red`, `version`. */
  readonly where: string;
  /** One sentence: what was found, and what to do. */
  readonly message: string;
}

/** A finding that must be corrected before the taxonomy governs anything. */
export function lintError(rule: string, where: string, message: string): Finding {
  return { severity: 'error', rule, where, message };
}

/** A finding that is likely an oversight. */
export function lintWarning(rule: string, where: string, message: string): Finding {
  return { severity: 'warning', rule, where, message };
}
