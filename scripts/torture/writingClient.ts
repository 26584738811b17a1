import { seededRandom } from '../../src/domain/seededRandom.js';
import { completeRow, type Row } from './generatedCatalog.js';

/** The possible states of a product: those since the last acknowledged write; null for missing. */
export type Possible = readonly (Row | null)[];

interface Write {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
  /** The new state of each product; null for deleted. */
  readonly becomes: ReadonlyMap<string, Row | null>;
  /** Ids of rows that must be refused. */
  readonly refused: readonly string[];
}

const BULK = 12;

/**
 * A client that writes its own products without pause until the service stops, one request at a time: single and bulk
 * upserts, patches and deletions. Some bulk writes contain an invalid row. It knows the possible states of each product.
 */
export class WritingClient {
  /** Number of acknowledged writes. */
  acknowledged = 0;
  /** Ids of refused rows, which must not exist. */
  readonly refused: string[] = [];
  readonly #states = new Map<string, (Row | null)[]>();
  readonly #random: () => number;
  #made = 0;
  #stopping = false;
  #frozen = false;

  constructor(
    private readonly name: string,
    seed: number,
  ) {
    this.#random = seededRandom(seed);
  }

  /** The possible states of every product ever written, by id. */
  states(): ReadonlyMap<string, Possible> {
    return this.#states;
  }

  /** Stops after the running write. */
  stop(): void {
    this.#stopping = true;
  }

  /** From now on acknowledgements are ignored: later writes may be present or not. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Resolves when the service has stopped or `stop` was called. @throws Error for an unexpected answer. */
  async write(address: string): Promise<void> {
    while (!this.#stopping) {
      const write = this.#next();
      // After the request either state is possible, after the answer only the new one.
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
        throw new Error(`${write.method} ${write.path} answered ${status}`);
      // After `freeze`, any later state remains possible.
      this.acknowledged++;
      if (this.#frozen) continue;
      for (const [id, row] of write.becomes) this.#states.set(id, [row]);
      this.refused.push(...write.refused);
    }
  }

  #next(): Write {
    const chance = this.#random();
    const known = [...this.#states].flatMap(([id, states]) => {
      const [only] = states;
      return states.length === 1 && only !== null && only !== undefined ? [{ id, row: only }] : [];
    });
    const one = known[Math.floor(this.#random() * known.length)];
    if (one !== undefined && chance < 0.25) {
      const price = 100 + Math.floor(this.#random() * 900);
      const row = { ...one.row, price };
      return write('PATCH', `/v1/products/${one.id}`, JSON.stringify({ price }), new Map([[one.id, row]]));
    }
    if (one !== undefined && chance < 0.4)
      return write('DELETE', `/v1/products/${one.id}`, undefined, new Map([[one.id, null]]));
    if (one !== undefined && chance < 0.5) {
      const row = { ...this.#row(one.id), id: one.id };
      return write('POST', '/v1/products', JSON.stringify([row]), new Map([[one.id, row]]));
    }
    if (chance < 0.8) {
      const row = this.#row();
      return write('POST', '/v1/products', JSON.stringify([row]), new Map([[row.id, row]]));
    }
    const rows = Array.from({ length: BULK }, () => this.#row());
    const bad = { id: `${this.name}bad${this.#made++}`, title: 'refused', price: 'much' };
    const invalid = this.#random() < 0.5;
    const lines = invalid ? [...rows.slice(0, 5), bad, ...rows.slice(5)] : rows;
    const asLines = this.#random() < 0.5;
    return {
      ...write(
        'POST',
        '/v1/products',
        asLines ? lines.map((row) => `${JSON.stringify(row)}\n`).join('') : JSON.stringify(lines),
        new Map(rows.map((row) => [row.id, row])),
      ),
      type: asLines ? 'application/x-ndjson' : 'application/json',
      refused: invalid ? [bad.id] : [],
    };
  }

  /** A product with a unique word, by which it can be found. */
  #row(id = `${this.name}${this.#made}`): Row {
    this.#made++;
    return completeRow(id, this.#made, `${wordOf(id)} `);
  }
}

/** The unique word in the title of a product; letters only, so that it is not read as a code. */
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
