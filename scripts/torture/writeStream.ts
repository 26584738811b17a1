import { seededRandom } from '../../src/domain/seededRandom.js';
import { type Row, wholeRow } from './madeUpShop.js';

/** What a product may be found as: the states it was in since the last answer about it; null for not there. */
export type Possible = readonly (Row | null)[];

interface Write {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
  /** What each product becomes; undefined for one that must be refused and stay as it is. */
  readonly becomes: ReadonlyMap<string, Row | null>;
  /** Ids that the write names and that must not come of it. */
  readonly refused: readonly string[];
}

const BULK = 12;

/**
 * One client that writes without a pause until the service is gone, and knows what it was promised: single and bulk
 * upserts, patches and deletes of products of its own, one at a time. A bulk holds a row now and then that is refused.
 */
export class WritingClient {
  /** Answered writes. */
  acknowledged = 0;
  /** Ids of rows that were refused: never to be found. */
  readonly refused: string[] = [];
  readonly #states = new Map<string, (Row | null)[]>();
  readonly #random: () => number;
  #made = 0;
  #stopping = false;
  #promised = false;

  constructor(
    private readonly name: string,
    seed: number,
  ) {
    this.#random = seededRandom(seed);
  }

  /** By id, what each product that was ever written may be found as now. */
  states(): ReadonlyMap<string, Possible> {
    return this.#states;
  }

  /** Lets the write that runs be the last. */
  stop(): void {
    this.#stopping = true;
  }

  /** From here on answers count no more: what was answered by now is promised, what comes may be there or not. */
  promise(): void {
    this.#promised = true;
  }

  /** Resolves when the service is gone or `stop` was called; throws where it answers what it should not. */
  async write(address: string): Promise<void> {
    while (!this.#stopping) {
      const write = this.#next();
      // From the request on either state may be found, and after the answer only the new one.
      for (const [id, row] of write.becomes) this.#states.set(id, [...(this.#states.get(id) ?? [null]), row]);
      let status: number;
      try {
        const response = await fetch(address + write.path, {
          method: write.method,
          ...(write.body === undefined ? {} : { body: write.body }),
          headers: write.body === undefined ? {} : { 'content-type': write.type ?? 'application/json' },
        });
        status = response.status;
        await response.arrayBuffer();
      } catch {
        return;
      }
      if (status === 503) continue;
      if (status !== 200 && status !== 204)
        throw new Error(`${write.method} ${write.path} was answered ${status}`);
      // Whoever looks at an earlier moment may find any state since that moment.
      this.acknowledged++;
      if (this.#promised) continue;
      for (const [id, row] of write.becomes) this.#states.set(id, [row]);
      this.refused.push(...write.refused);
    }
  }

  #next(): Write {
    const dice = this.#random();
    const known = [...this.#states].flatMap(([id, states]) => {
      const [only] = states;
      return states.length === 1 && only !== null && only !== undefined ? [{ id, row: only }] : [];
    });
    const one = known[Math.floor(this.#random() * known.length)];
    if (one !== undefined && dice < 0.25) {
      const price = 100 + Math.floor(this.#random() * 900);
      const row = { ...one.row, price };
      return write('PATCH', `/v1/products/${one.id}`, JSON.stringify({ price }), new Map([[one.id, row]]));
    }
    if (one !== undefined && dice < 0.4)
      return write('DELETE', `/v1/products/${one.id}`, undefined, new Map([[one.id, null]]));
    if (one !== undefined && dice < 0.5) {
      const row = { ...this.#row(one.id), id: one.id };
      return write('POST', '/v1/products', JSON.stringify([row]), new Map([[one.id, row]]));
    }
    if (dice < 0.8) {
      const row = this.#row();
      return write('POST', '/v1/products', JSON.stringify([row]), new Map([[row.id, row]]));
    }
    const rows = Array.from({ length: BULK }, () => this.#row());
    const bad = { id: `${this.name}bad${this.#made++}`, title: 'refused', price: 'much' };
    const spoilt = this.#random() < 0.5;
    const lines = spoilt ? [...rows.slice(0, 5), bad, ...rows.slice(5)] : rows;
    const asLines = this.#random() < 0.5;
    return {
      ...write(
        'POST',
        '/v1/products',
        asLines ? lines.map((row) => `${JSON.stringify(row)}\n`).join('') : JSON.stringify(lines),
        new Map(rows.map((row) => [row.id, row])),
      ),
      type: asLines ? 'application/x-ndjson' : 'application/json',
      refused: spoilt ? [bad.id] : [],
    };
  }

  /** Its word is in no other product, so that it is found by it. */
  #row(id = `${this.name}${this.#made}`): Row {
    this.#made++;
    return wholeRow(id, this.#made, `${wordOf(id)} `);
  }
}

/** The word in a product's title that nothing else has, of letters alone, so that it is a word and not a code. */
export function wordOf(id: string): string {
  const letters = id.replace(/\d/g, (digit) => 'bcdfghjklm'.charAt(Number(digit)));
  return `zy${letters}`;
}

function write(
  method: string,
  path: string,
  body: string | undefined,
  becomes: ReadonlyMap<string, Row | null>,
): Write {
  return { method, path, ...(body === undefined ? {} : { body }), becomes, refused: [] };
}
