import { UserError } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';
import type { UndoneFacts } from '../../store/taxonomyJournal.js';
import { forgetEnrichment } from '../enrich/enrichStore.js';
import { governBy, governingTaxonomy, ungovern } from './governingTaxonomy.js';

/**
 * Undoes the store's newest migration: restores its facts and its taxonomy.
 * @throws UserError if there is none, or another taxonomy governs by now.
 */
export function undoTaxonomyMigration(store: Store): UndoneFacts & { from: string; to: string } {
  return store.transaction(() => {
    const { taxonomyJournal: journal } = store;
    const migration = journal.newest();
    if (migration === undefined)
      throw new UserError('There is no migration to undo: none was applied to this store.');
    const governing = governingTaxonomy(store)?.taxonomy.version;
    if (governing !== migration.to) {
      throw new UserError(
        `The newest migration led to taxonomy ${migration.to}, and ${governing ?? 'none'} governs now: undoing it would mix the two; go back to ${migration.to} first, with reindex --taxonomy.`,
      );
    }
    const undone = journal.undo(migration);
    if (migration.taxonomy === undefined) ungovern(store);
    else governBy(store, migration.taxonomy);
    if (undone.removed > 0 || undone.outdated > 0) forgetEnrichment(store);
    return { ...undone, from: migration.from, to: migration.to };
  });
}
