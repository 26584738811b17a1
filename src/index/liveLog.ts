import { LIVE_FIELDS } from '../domain/product.js';
import { ReplacementLog } from './columns/replacementLog.js';

export type LiveField = (typeof LIVE_FIELDS)[number];

/** Looking through more changes costs as much as a search. */
const MAX_LOOKED_AT = 10_000;

/** The changes of live fields of an open index, of which the last ones are known. */
export class LiveLog {
  readonly #log = new ReplacementLog();

  /** Number of changes so far. */
  get count(): number {
    return this.#log.count;
  }

  add(ordinal: number, field: LiveField): void {
    this.#log.add(ordinal * LIVE_FIELDS.length + LIVE_FIELDS.indexOf(field));
  }

  /** Whether all changes since there were `count` pass; false where there are too many, or they are not known any more. */
  everySince(count: number, passes: (ordinal: number, field: LiveField) => boolean): boolean {
    if (this.count - count > MAX_LOOKED_AT) return false;
    return (
      this.#log.since(count)?.every((change) => {
        const field = LIVE_FIELDS[change % LIVE_FIELDS.length];
        return field !== undefined && passes(Math.floor(change / LIVE_FIELDS.length), field);
      }) ?? false
    );
  }
}
