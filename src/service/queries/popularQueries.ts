import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { sentenceOf } from '../../domain/errors.js';
import { KnownQueries, type PopularQuery } from '../../search/suggest/knownQueries.js';
import type { QueryLog } from '../../store/queryLog.js';
import { readQueryFile } from './readQueryFile.js';

const FILE = 'queries.tsv';
const LOOK_AT_FILE_MS = 1000;
const LOOK_AT_LOG_MS = 300_000;
const MAX_LOGGED = 10_000;
/** What fewer people asked may be a private matter of one of them; it is offered to nobody. */
const MIN_SEARCHES = 3;

/** What people are known to ask: the file of popular queries in the data folder, and the log. */
export class PopularQueries {
  #known = new KnownQueries([]);
  #fromFile: readonly PopularQuery[] = [];
  #fromLog: readonly PopularQuery[] = [];
  #fileState = '';
  #problems: readonly string[] = [];
  #fileLookedAt = Number.NEGATIVE_INFINITY;
  #logLookedAt = Number.NEGATIVE_INFINITY;
  readonly #file: string;

  constructor(
    dataDir: string,
    private readonly log: Pick<QueryLog, 'popular'>,
    private readonly now: () => number = Date.now,
  ) {
    this.#file = path.join(dataDir, FILE);
  }

  /** As of now, or a moment ago: the file is looked at once a second, the log every five minutes. */
  known(): KnownQueries {
    const at = this.now();
    let changed = false;
    if (at - this.#fileLookedAt >= LOOK_AT_FILE_MS) {
      this.#fileLookedAt = at;
      changed = this.#lookAtFile();
    }
    if (at - this.#logLookedAt >= LOOK_AT_LOG_MS) {
      this.#logLookedAt = at;
      this.#lookAtLog();
      changed = true;
    }
    if (changed) this.#known = new KnownQueries([...this.#fromFile, ...this.#fromLog]);
    return this.#known;
  }

  /** Sentences about rows of the file that are passed over, as it was last read. */
  problems(): readonly string[] {
    this.known();
    return this.#problems;
  }

  #lookAtFile(): boolean {
    const stat = statSync(this.#file, { throwIfNoEntry: false });
    const state = stat === undefined ? '' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
    if (state === this.#fileState) return false;
    this.#fileState = state;
    this.#fromFile = [];
    this.#problems = [];
    if (stat === undefined) return true;
    try {
      const { queries, problems } = readQueryFile(this.#file, readFileSync(this.#file, 'utf8'));
      this.#fromFile = queries;
      this.#problems = problems;
    } catch (error) {
      this.#problems = [
        `The popular queries ${this.#file} cannot be read (${sentenceOf(error)}): suggestions do without them.`,
      ];
    }
    return true;
  }

  #lookAtLog(): void {
    try {
      this.#fromLog = this.log
        .popular(MIN_SEARCHES, MAX_LOGGED)
        .map(({ query, searches }) => ({ text: query, popularity: searches }));
    } catch {
      // Another process holds the store: what was read before serves until the next look.
    }
  }
}
