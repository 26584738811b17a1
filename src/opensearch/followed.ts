import { z } from 'zod';
import { DocumentIndex } from './documentIndex.js';
import type { Engine } from './engine.js';

const TARGETS = 'targets';

const written = z.object({ result: z.string() });
const targetsSchema = z.object({
  _seq_no: z.number(),
  _primary_term: z.number(),
  _source: z.object({ generations: z.array(z.string()) }),
});
const sequenceSchema = z.object({ _source: z.object({ sequence: z.number().int() }) });

/**
 * What the engine remembers of the store's changes: which generations get them, and up to which number each has got them.
 * The next process resumes from there, so nothing is lost when one ends.
 */
export class FollowedChanges {
  readonly #index: DocumentIndex;

  constructor(private readonly engine: Engine) {
    this.#index = new DocumentIndex(engine, engine.names.state);
  }

  /** The generations that changes are written to: the one that serves, and one that is about to. */
  async targets(): Promise<readonly string[]> {
    return (await this.#targets())?._source.generations ?? [];
  }

  /** Writes changes to this generation, too, from now on. */
  async follow(generation: string): Promise<void> {
    await this.#changeTargets((targets) => [...new Set([...targets, generation])]);
  }

  /** Writes changes to these generations no longer. */
  async unfollow(generations: readonly string[]): Promise<void> {
    await this.#changeTargets((targets) => targets.filter((target) => !generations.includes(target)));
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

  /** Forgets a generation that is gone. */
  async forget(generation: string): Promise<void> {
    await this.unfollow([generation]);
    await this.engine.request(z.unknown(), {
      method: 'DELETE',
      path: [this.engine.names.state, '_doc', generation],
      unless: [404],
    });
  }

  #targets(): Promise<z.output<typeof targetsSchema> | undefined> {
    return this.engine.request(targetsSchema, {
      method: 'GET',
      path: [this.engine.names.state, '_doc', TARGETS],
      unless: [404],
    });
  }

  /** Another process may change them at the same time. */
  async #changeTargets(change: (targets: readonly string[]) => readonly string[]): Promise<void> {
    for (;;) {
      const found = await this.#targets();
      const before = found?._source.generations ?? [];
      const generations = change(before);
      if (generations.length === before.length) return;
      const query =
        found === undefined
          ? { op_type: 'create' }
          : { if_seq_no: found._seq_no, if_primary_term: found._primary_term };
      if (await this.#put(TARGETS, { generations }, query)) return;
    }
  }

  /** False where a newer one is there. */
  async #put(id: string, body: object, query: Readonly<Record<string, string | number>>): Promise<boolean> {
    await this.#index.create();
    const path = [this.engine.names.state, '_doc', id];
    const answer = await this.engine.request(written, { method: 'PUT', path, query, body, unless: [409] });
    return answer !== undefined;
  }
}
