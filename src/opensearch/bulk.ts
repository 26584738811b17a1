import { z } from 'zod';
import { UnavailableError } from '../domain/errors.js';
import { documentId } from './documentNames.js';
import type { Engine } from './engine.js';
import type { ProductDocument } from './productDocument.js';

/** A product to write to one index, or to delete from it. */
export interface ProductWrite {
  readonly index: string;
  readonly id: string;
  /** The number of the change: an older one never replaces a newer one, in whatever order they arrive. */
  readonly version: number;
  /** Undefined to delete. */
  readonly document: ProductDocument | undefined;
  /** Whether it also replaces what the same change wrote: a vector that was made since. */
  readonly again?: boolean;
}

/** A product that the engine does not take, and why. */
export interface RefusedWrite {
  readonly id: string;
  readonly reason: string;
}

/** A request is sent at this many bytes or rows, whichever comes first. */
const BATCH = { bytes: 4 * 1024 * 1024, rows: 500 };
/** Requests on the way at the same time: one is read by the engine while the other is made. */
const CONCURRENCY = 2;
/** Rows that the engine is too busy for are sent again after so long, doubled each time, in milliseconds. */
const PAUSE = { first: 100, longest: 5000 };
const MAX_ATTEMPTS = 12;

const TOO_BUSY = new Set([429, 502, 503, 504]);
/** What was to be deleted is not there; what is there is newer. Both are as wanted. */
const AS_WANTED = new Set([404, 409]);

const answerSchema = z.object({
  items: z.array(
    z.record(
      z.string(),
      z.object({
        status: z.number(),
        error: z.object({ type: z.string(), reason: z.string().nullish() }).optional(),
      }),
    ),
  ),
});

/** A write as it is sent. */
interface Row {
  readonly id: string;
  readonly lines: string;
}

function rowOf({ index, id, version, document, again = false }: ProductWrite): Row {
  const target = { _index: index, _id: documentId(id), version };
  const options = { ...target, version_type: again ? 'external_gte' : 'external' };
  const lines =
    document === undefined
      ? `${JSON.stringify({ delete: options })}\n`
      : `${JSON.stringify({ index: options })}\n${JSON.stringify(document)}\n`;
  return { id, lines };
}

/**
 * Collects writes into requests and sends them. `add` waits while enough requests are on the way, so that the source is
 * read no faster than the engine writes. Rows that it is too busy for are sent again, without the others.
 */
export class BulkWriter {
  /** Products that the engine did not take. */
  readonly refused: RefusedWrite[] = [];
  #rows: Row[] = [];
  #bytes = 0;
  readonly #sending = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(private readonly engine: Engine) {}

  /** @throws what a request before it failed with. */
  async add(write: ProductWrite): Promise<void> {
    const row = rowOf(write);
    this.#rows.push(row);
    this.#bytes += row.lines.length;
    if (this.#rows.length >= BATCH.rows || this.#bytes >= BATCH.bytes) await this.#send();
  }

  /** Waits until everything is written. @throws what a request failed with. */
  async finish(): Promise<void> {
    await this.#send();
    await Promise.all(this.#sending);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #send(): Promise<void> {
    while (this.#sending.size >= CONCURRENCY) await Promise.race(this.#sending);
    if (this.#failure !== undefined) throw this.#failure.error;
    const rows = this.#rows;
    if (rows.length === 0) return;
    this.#rows = [];
    this.#bytes = 0;
    const sending: Promise<void> = sendRows(this.engine, rows)
      .then(
        (refused) => void this.refused.push(...refused),
        (error: unknown) => {
          this.#failure ??= { error };
        },
      )
      .finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }
}

/** Writes products; returns those that the engine does not take. */
export async function writeProducts(
  engine: Engine,
  writes: Iterable<ProductWrite>,
): Promise<readonly RefusedWrite[]> {
  const writer = new BulkWriter(engine);
  for (const write of writes) await writer.add(write);
  await writer.finish();
  return writer.refused;
}

async function sendRows(engine: Engine, rows: readonly Row[]): Promise<RefusedWrite[]> {
  const refused: RefusedWrite[] = [];
  let left = rows;
  for (let attempt = 1, pause = PAUSE.first; ; attempt++, pause = Math.min(2 * pause, PAUSE.longest)) {
    const { items } = await engine.ask(answerSchema, {
      method: 'POST',
      path: ['_bulk'],
      lines: left.map(({ lines }) => lines).join(''),
    });
    const again: Row[] = [];
    let reason = '';
    for (const [place, row] of left.entries()) {
      const [outcome] = Object.values(items[place] ?? {});
      const status = outcome?.status ?? 503;
      if (status < 300 || AS_WANTED.has(status)) continue;
      reason = `${outcome?.error?.type ?? 'no answer'}: ${outcome?.error?.reason ?? ''}`;
      if (TOO_BUSY.has(status)) again.push(row);
      else refused.push({ id: row.id, reason });
    }
    if (again.length === 0) return refused;
    if (attempt === MAX_ATTEMPTS) {
      throw new UnavailableError(
        `The search engine was too busy for ${again.length} products ${attempt} times (${reason}): look at its disk, memory and shards, then try again.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    left = again;
  }
}
