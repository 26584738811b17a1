import type { SpellingCluster } from '../audit/spellingClusters.js';
import {
  applySpellings,
  changeSpellings,
  listSpellings,
  type SpellingsReport,
  type UndoneSpellings,
  undoSpellings,
  type ValueChange,
} from '../catalog/spellings/applySpellings.js';
import type { ChangeOptions } from '../catalog/spellings/changeValues.js';
import type { SpellingChoice } from '../catalog/spellings/respell.js';
import type { Store } from '../store/open.js';
import type { SpellingRun } from '../store/spellingRuns.js';

/** Values that the store writes in several ways, and bulk changes of them. */
export interface SpellingBook {
  list(choice: SpellingChoice): Promise<{ clusters: SpellingCluster[]; runs: SpellingRun[] }>;
  /** The changes made, newest first. */
  runs(): SpellingRun[];
  /** When it resolves, the changes are on disk and in the next search. With `changes`, exactly these values change. */
  apply(
    request: SpellingChoice & ChangeOptions & { readonly changes?: readonly ValueChange[] | undefined },
  ): Promise<SpellingsReport>;
  /** Undefined for an unknown run. */
  undo(run: number): Promise<UndoneSpellings | undefined>;
}

const SHOWN_RUNS = 100;

/** Calls `onChanged`, and waits for it, after each change of products. */
export function openSpellings(store: Store, onChanged: () => Promise<void>): SpellingBook {
  return {
    list: async (choice) => ({
      clusters: await listSpellings(store, choice),
      runs: store.spellingRuns.list(SHOWN_RUNS),
    }),
    runs: () => store.spellingRuns.list(SHOWN_RUNS),
    apply: async (request) => {
      try {
        const { changes, ...choice } = request;
        return changes === undefined
          ? await applySpellings(store, choice)
          : await changeSpellings(store, changes, choice);
      } finally {
        if (!request.preview) await onChanged();
      }
    },
    undo: async (run) => {
      if (store.spellingRuns.get(run) === undefined) return undefined;
      try {
        return await undoSpellings(store, run);
      } finally {
        await onChanged();
      }
    },
  };
}
