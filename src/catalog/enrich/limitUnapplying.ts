import type { ChecksSettings } from '../../configuration/checks.js';
import { UserError } from '../../domain/errors.js';
import type { FactChangeCounts } from './factChanges.js';

/**
 * Stops an enrichment that would turn too large a share of a field's applied values back into suggestions. `counts` are
 * of a sample of the store, `share` of its products. Fields in `except` may lose any number.
 * @throws UserError with the fields and their counts.
 */
export function limitUnapplying(
  counts: FactChangeCounts,
  share: number,
  except: ReadonlySet<string>,
  { max_unapplied, min_unapplied }: Pick<ChecksSettings, 'max_unapplied' | 'min_unapplied'>,
): void {
  const over = Object.entries(counts.changes().became_unapplied).filter(
    ([field, count]) =>
      !except.has(field) && count / share >= min_unapplied && count > max_unapplied * counts.before.of(field),
  );
  if (over.length === 0) return;
  const about = share < 1 ? 'about ' : '';
  const list = over
    .map(([field, count]) => {
      const applied = Math.round(counts.before.of(field) / share);
      return `${about}${Math.round(count / share)} of ${applied} values of ${field}`;
    })
    .join(', ');
  throw new UserError(
    `The enrichment would turn ${list} back into suggestions, more than ${Math.round(max_unapplied * 1000) / 10} % of what is applied: nothing was changed. Undo the last decisions, restore the taxonomy or the policy, or repeat with --allow-unapply (over HTTP: allow_unapply).`,
  );
}
