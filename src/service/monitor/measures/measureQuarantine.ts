import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import type { Store } from '../../../store/open.js';
import { few, known, type Measure, percent } from './measure.js';

const IMPORTS = 5;
const MIN_ROWS = 50;

/** The share of rows of the last five imports that went to quarantine. */
export function measureQuarantine(
  { imports }: Pick<Store, 'imports'>,
  { max_quarantined }: MonitoringSettings,
): Measure {
  const basis = { name: 'quarantined', threshold: max_quarantined } as const;
  const last = imports.list(IMPORTS);
  const rows = last.reduce((sum, one) => sum + one.rows, 0);
  const bad = last.reduce((sum, one) => sum + one.quarantined, 0);
  if (rows < MIN_ROWS) return few(basis, rows, `The last imports had ${rows} rows.`);
  return known(
    basis,
    bad / rows,
    rows,
    `${bad} of ${rows} rows of the last ${last.length} imports went to quarantine (${percent(bad / rows)}).`,
  );
}
