import { UserError } from '../domain/errors.js';
import { type RankingSettings, rankingSettingsSchema } from '../search/rank/rankingSettings.js';
import type { Store } from '../store/open.js';

/** A ranking that was adopted. */
export interface RankingVersion {
  /** Counted from 1. */
  readonly version: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly by: string;
  /** Where it comes from. */
  readonly note: string;
  readonly ranking: RankingSettings;
}

/** The rankings that were adopted, in all their versions; version 0 is the one that Shelfwright comes with. */
export class RankingBook {
  constructor(
    private readonly store: Store,
    private readonly now: () => number = Date.now,
  ) {}

  current(): RankingSettings {
    return this.#of(this.store.published.version('ranking'));
  }

  /** Newest first. */
  versions(): RankingVersion[] {
    return this.store.published
      .list('ranking')
      .map((entry) => ({ ...entry, ranking: this.#of(entry.version) }));
  }

  /** Changes what the settings name; others stay. */
  adopt(
    settings: RankingSettings,
    { by, note }: { readonly by: string; readonly note: string },
  ): RankingVersion {
    return this.store.transaction(() => this.#add({ ...this.current(), ...settings }, by, note));
  }

  /** Goes back to the version before, as a new version; once more takes that back. @throws UserError if there is none. */
  undo(by: string): RankingVersion {
    return this.store.transaction(() => {
      const newest = this.store.published.version('ranking');
      if (newest === 0)
        throw new UserError(
          'No ranking was adopted, so that there is nothing to undo: adopt the winner of an experiment with shelfwright experiment adopt.',
        );
      return this.#add(this.#of(newest - 1), by, `version ${newest - 1} again`);
    });
  }

  #add(ranking: RankingSettings, by: string, note: string): RankingVersion {
    const at = new Date(this.now()).toISOString();
    const version = this.store.published.add('ranking', { at, by, note, text: JSON.stringify(ranking) });
    return { version, at, by, note, ranking };
  }

  #of(version: number): RankingSettings {
    const text = this.store.published.get('ranking', version)?.text;
    return text === undefined ? {} : rankingSettingsSchema.parse(JSON.parse(text));
  }
}
