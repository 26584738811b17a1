/** A problem of a taxonomy. An `error` is an ambiguity or a dangling id; a `warning` is probably an oversight. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** A stable rule name, such as `unknown-parent`. */
  readonly rule: string;
  /** A path of ids in the taxonomy: `categories.shirts`, `attributes.color.values.Red`, `version`. */
  readonly where: string;
  /** One sentence: the problem, and what to do. */
  readonly message: string;
}

/** A finding that must be corrected before the taxonomy can be used. */
export function lintError(rule: string, where: string, message: string): Finding {
  return { severity: 'error', rule, where, message };
}

/** A finding that is probably an oversight. */
export function lintWarning(rule: string, where: string, message: string): Finding {
  return { severity: 'warning', rule, where, message };
}
