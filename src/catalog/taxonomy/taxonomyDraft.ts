import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConflictError, UserError } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';
import { type DraftVersion, draftVersion } from '../../taxonomy/edit/draftVersion.js';
import { type Edit, editSchema } from '../../taxonomy/edit/editTaxonomy.js';
import type { Taxonomy } from '../../taxonomy/schema.js';
import { governingTaxonomy } from './governingTaxonomy.js';

const SETTING = 'taxonomy_draft';
const MAX_EDITS = 2000;

const draftSchema = z.object({
  /** Identifies the taxonomy that the edits are of. */
  base: z.string(),
  edits: z.array(editSchema),
});

/** Edits of the store's taxonomy that are not published. */
export interface TaxonomyDraft {
  readonly edits: readonly Edit[];
  /** Changes with each edit. */
  readonly revision: string;
  /** Whether another taxonomy governs by now, so that the draft can only be discarded. */
  readonly outdated: boolean;
}

/** The draft of the store; undefined if there is none. */
export function readDraft(store: Store): TaxonomyDraft | undefined {
  const kept = draftSchema.safeParse(store.settings.get(SETTING));
  if (!kept.success || kept.data.edits.length === 0) return undefined;
  const { base, edits } = kept.data;
  const governing = governingTaxonomy(store)?.taxonomy;
  return {
    edits,
    revision: hashOf(kept.data),
    outdated: governing === undefined || hashOf(governing) !== base,
  };
}

/** Adds edits to the draft, or starts one. @throws UserError if they do not fit; ConflictError if the draft is outdated. */
export function addEdits(store: Store, edits: readonly Edit[]): void {
  store.transaction(() => {
    const governing = requireGoverning(store);
    const draft = readDraft(store);
    if (draft?.outdated === true) throw outdated();
    const all = [...(draft?.edits ?? []), ...edits];
    if (all.length > MAX_EDITS)
      throw new UserError(`A draft holds at most ${MAX_EDITS} edits: publish this one first.`);
    draftVersion(governing, all, { version: 'next', date: '1970-01-01' });
    store.settings.set(SETTING, { base: hashOf(governing), edits: all });
  });
}

/** Takes the last edit back; false if there is none. */
export function undoEdit(store: Store): boolean {
  return store.transaction(() => {
    const kept = draftSchema.safeParse(store.settings.get(SETTING));
    if (!kept.success || kept.data.edits.length === 0) return false;
    store.settings.set(SETTING, { ...kept.data, edits: kept.data.edits.slice(0, -1) });
    return true;
  });
}

export function discardDraft(store: Store): void {
  store.transaction(() => store.settings.set(SETTING, null));
}

/** The draft as the next version. @throws UserError if there is none; ConflictError if it is outdated or has changed. */
export function versionOfDraft(
  store: Store,
  named: { readonly version?: string | undefined; readonly revision?: string | undefined } = {},
): DraftVersion {
  const governing = requireGoverning(store);
  const draft = readDraft(store);
  if (draft === undefined) throw new UserError('There is no draft of the taxonomy: edit it first.');
  if (draft.outdated) throw outdated();
  if (named.revision !== undefined && named.revision !== draft.revision)
    throw new ConflictError('The draft has changed since it was checked: check it again.');
  const version = named.version ?? nextVersion(governing);
  if (version === governing.version || governing.changelog.some((entry) => entry.version === version))
    throw new UserError(`Version ${version} was used before: name a new one.`, { field: 'version' });
  return draftVersion(governing, draft.edits, { version, date: new Date().toISOString().slice(0, 10) });
}

/** The version after: `1.4` → `1.5`, `autumn` → `autumn-2`. */
export function nextVersion({ version, changelog }: Pick<Taxonomy, 'version' | 'changelog'>): string {
  const used = new Set([version, ...changelog.map((entry) => entry.version)]);
  const [, stem, last] = /^(.*?)(\d+)$/.exec(version) ?? [undefined, `${version}-`, '1'];
  for (let number = Number(last) + 1; ; number++) {
    const next = `${stem}${number}`;
    if (!used.has(next)) return next;
  }
}

function requireGoverning(store: Store): Taxonomy {
  const governing = governingTaxonomy(store)?.taxonomy;
  if (governing === undefined)
    throw new UserError('No taxonomy governs the shop yet: import products and reindex first.');
  return governing;
}

function outdated(): ConflictError {
  return new ConflictError(
    'Another taxonomy governs since the draft was started: discard the draft and edit again.',
  );
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
