import { lockReindex } from '../../catalog/reindex/lockReindex.js';
import { affectedProducts } from '../../catalog/taxonomy/affectedProducts.js';
import { governingTaxonomy } from '../../catalog/taxonomy/governingTaxonomy.js';
import { type MigrationReport, migrateTaxonomy } from '../../catalog/taxonomy/migrateTaxonomy.js';
import { discardDraft, versionOfDraft } from '../../catalog/taxonomy/taxonomyDraft.js';
import { undoTaxonomyMigration } from '../../catalog/taxonomy/undoTaxonomyMigration.js';
import { UserError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import type { Store } from '../../store/open.js';
import { lintTaxonomy } from '../../taxonomy/lint/lint.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import type { Assignment } from './jobMessages.js';
import { taxonomyRequestSchema } from './jobRequests.js';

const MAX_LISTED = 100;

/**
 * Publishes the draft of the taxonomy, counts what publishing it would change, or undoes the newest publication.
 * @throws UserError if the draft has lint errors, or like migrateTaxonomy.
 */
export async function taxonomyJob(
  { request, indexesDir }: Assignment,
  store: Store,
  progress: Progress,
): Promise<object> {
  const { step, version, revision } = taxonomyRequestSchema.parse(request);
  // A concurrent reindex would write facts of the other version.
  const unlock = step === 'check' ? () => {} : await lockReindex(indexesDir);
  try {
    if (step === 'undo') return undoTaxonomyMigration(store);
    const { taxonomy: next, migration } = versionOfDraft(store, { version, revision });
    const errors = lintTaxonomy(next).filter(({ severity }) => severity === 'error');
    if (errors.length > 0)
      throw new UserError(
        `The draft has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}, so it was not published: ${errors[0]?.message}`,
      );
    const apply = step === 'publish';
    const governing = governingTaxonomy(store);
    const products =
      apply || governing === undefined ? undefined : affectedProducts(store, governing, viewTaxonomy(next));
    const report = migrateTaxonomy(store, { next, migration, old: undefined, apply, progress });
    if (apply) discardDraft(store);
    return { ...bounded(report), ...(products !== undefined && { products }) };
  } finally {
    unlock();
  }
}

function bounded(report: MigrationReport): MigrationReport {
  return {
    ...report,
    changes: report.changes.slice(0, MAX_LISTED),
    lost: report.lost.slice(0, MAX_LISTED),
  };
}
