/** Why what is typed into a field was refused, below the field. */
export function FieldProblem({ id, children }: { readonly id: string; readonly children: string }) {
  return children === '' ? null : (
    <span id={id} class="field-problem" role="alert">
      {children}
    </span>
  );
}

/** Attributes of a field whose content was refused. */
export function invalid(problem: string, id: string) {
  return problem === '' ? {} : { 'aria-invalid': true as const, 'aria-describedby': id };
}
