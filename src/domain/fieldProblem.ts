/** Why one field of a row is invalid. */
export interface FieldProblem {
  readonly field: string;
  readonly reason: string;
  /** The field is beyond a limit, so the whole row is refused. */
  readonly limit?: true;
}
