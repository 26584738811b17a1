/**
 * Visits a scalar, or each scalar of a list. Skips everything else: objects, null, numbers that JSON cannot
 * hold.
 */
export function forEachScalar(value: unknown, visit: (scalar: string | number | boolean) => void): void {
  if (typeof value === 'string' || typeof value === 'boolean') visit(value);
  else if (typeof value === 'number') {
    if (Number.isFinite(value)) visit(value);
  } else if (Array.isArray(value)) {
    for (const member of value) if (!Array.isArray(member)) forEachScalar(member, visit);
  }
}
