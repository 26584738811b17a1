import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { sentenceOf } from '../../domain/errors.js';
import { KnownQueries, type PopularQuery } from '../../search/suggest/knownQueries.js';
import type { QueryLog } from '../../store/queryLog.js';
import { readQueryFile } from './readQueryFile.js';

const FILE = 'queries.tsv';
const FILE_INTERVAL_MS = 1000;
const LOG_INTERVAL_MS = 300_000;
const MAX_LOGGED = 10_000;
/** A query with fewer searches may be private to one person, so it is not suggested. */
const MIN_SEARCHES = 3;

/** Popular queries, of the file in the data folder and of the log. */
export class PopularQueries {
  #known = new KnownQueries([]);
  #listed = new KnownQueries([]);
  #fromFile: readonly PopularQuery[] = [];
  #fromLog: readonly PopularQuery[] = [];
  #fileState = '';
  #problems: readonly string[] = [];
  #fileReadAt = Number.NEGATIVE_INFINITY;
  #logReadAt = Number.NEGATIVE_INFINITY;
  readonly #file: string;

  constructor(
    dataDir: string,
    private readonly log: Pick<QueryLog, 'popular'>,
    private readonly now: () => number = Date.now,
  ) {
    this.#file = path.join(dataDir, FILE);
  }

  /** Reads are throttled: the file is read at most once a second, the log once in five minutes. */
  known(): KnownQueries {
    const at = this.now();
    let changed = false;
    if (at - this.#fileReadAt >= FILE_INTERVAL_MS) {
      this.#fileReadAt = at;
      changed = this.#readFile();
      if (changed) this.#listed = new KnownQueries(this.#fromFile);
    }
    if (at - this.#logReadAt >= LOG_INTERVAL_MS) {
      this.#logReadAt = at;
      this.#readLog();
      changed = true;
    }
    if (changed) this.#known = new KnownQueries([...this.#fromFile, ...this.#fromLog]);
    return this.#known;
  }

  /** Those of the file only. */
  listed(): KnownQueries {
    this.known();
    return this.#listed;
  }

  /** Rows of the file that were skipped when it was last read: one sentence each. */
  problems(): readonly string[] {
    this.known();
    return this.#problems;
  }

  #readFile(): boolean {
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
        `The popular queries ${this.#file} cannot be read (${sentenceOf(error)}): suggestions are made without them.`,
      ];
    }
    return true;
  }

  #readLog(): void {
    try {
      this.#fromLog = this.log
        .popular(MIN_SEARCHES, MAX_LOGGED)
        .map(({ query, searches }) => ({ text: query, popularity: searches }));
    } catch {
      // Another process holds the store: the queries read before stay until the next interval.
    }
  }
}
