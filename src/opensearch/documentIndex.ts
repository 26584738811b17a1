import { z } from 'zod';
import type { Engine } from './engine.js';

const acknowledged = z.object({ acknowledged: z.literal(true) });

/** An index of documents that are read by their ids only: created by the first write. */
export class DocumentIndex {
  #exists = false;

  constructor(
    private readonly engine: Engine,
    readonly name: string,
  ) {}

  async create(): Promise<void> {
    if (this.#exists) return;
    // 400: it exists.
    await this.engine.request(acknowledged, {
      method: 'PUT',
      path: [this.name],
      body: {
        settings: {
          index: { number_of_shards: 1, number_of_replicas: this.engine.connection.layout.replicas },
        },
        mappings: { enabled: false },
      },
      unless: [400],
    });
    this.#exists = true;
  }
}
