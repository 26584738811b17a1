import { z } from 'zod';
import type { Engine } from './engine.js';

const TARGETS = 'targets';

const acknowledged = z.object({ acknowledged: z.literal(true) });
const written = z.object({ result: z.string() });
const targetsSchema = z.object({ _source: z.object({ generations: z.array(z.string()) }) });
const sequenceSchema = z.object({ _source: z.object({ sequence: z.number().int() }) });

/**
 * What the engine remembers of the store's changes: which generations get them, and up to which number each has got them.
 * Whoever applies changes goes on from there, so nothing is lost with a process.
 */
export class FollowedChanges {
  #exists = false;

  constructor(private readonly engine: Engine) {}

  /** The generations that changes are written to: the one that serves, and one that is about to. */
  async targets(): Promise<readonly string[]> {
    const found = await this.engine.request(targetsSchema, {
      method: 'GET',
      path: [this.engine.names.state, '_doc', TARGETS],
      unless: [404],
    });
    return found?._source.generations ?? [];
  }

  async setTargets(generations: readonly string[]): Promise<void> {
    await this.#put(TARGETS, { generations: [...new Set(generations)] }, {});
  }

  /** The number up to which a generation has every change; undefined for one that was never followed. */
  async sequence(generation: string): Promise<number | undefined> {
    const found = await this.engine.request(sequenceSchema, {
      method: 'GET',
      path: [this.engine.names.state, '_doc', generation],
      unless: [404],
    });
    return found?._source.sequence;
  }

  /** Records that a generation has every change up to this number; a lower number than before changes nothing. */
  async advance(generation: string, sequence: number): Promise<void> {
    await this.#put(generation, { sequence }, { version: sequence, version_type: 'external' });
  }

  async forget(generation: string): Promise<void> {
    await this.engine.request(z.unknown(), {
      method: 'DELETE',
      path: [this.engine.names.state, '_doc', generation],
      unless: [404],
    });
  }

  async #put(id: string, body: object, query: Readonly<Record<string, string | number>>): Promise<void> {
    await this.#create();
    // 409: it is as far already.
    const { state } = this.engine.names;
    await this.engine.request(written, {
      method: 'PUT',
      path: [state, '_doc', id],
      query,
      body,
      unless: [409],
    });
  }

  async #create(): Promise<void> {
    if (this.#exists) return;
    const { names, connection } = this.engine;
    // 400: it exists.
    await this.engine.request(acknowledged, {
      method: 'PUT',
      path: [names.state],
      body: {
        settings: { index: { number_of_shards: 1, number_of_replicas: connection.layout.replicas } },
        mappings: { enabled: false },
      },
      unless: [400],
    });
    this.#exists = true;
  }
}
