/** The fields of a product whose values were filled, not given by the shop. */
export function filledFields(product: { readonly _shelfwright?: unknown } | null): ReadonlySet<string> {
  const given = product?._shelfwright;
  if (typeof given !== 'object' || given === null || !('facts' in given) || !Array.isArray(given.facts))
    return new Set();
  return new Set(
    given.facts.flatMap((fact: { readonly field: string; readonly status: string }) =>
      fact.status === 'applied' ? [fact.field] : [],
    ),
  );
}
