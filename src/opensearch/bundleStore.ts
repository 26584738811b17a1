import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { UnavailableError, UserError } from '../domain/errors.js';
import { BUNDLE_FORMAT, type PartName } from './bundle.js';
import { DocumentIndex } from './documentIndex.js';
import type { Engine } from './engine.js';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

const HEAD = 'head';
/** A document of the engine holds so many characters of a part. */
const CHUNK_LENGTH = 4 * 1024 * 1024;

const partSchema = z.object({ hash: z.string(), chunks: z.number().int() });
const headSchema = z.object({
  format: z.number(),
  parts: z.object({ settings: partSchema, catalog: partSchema, vocabulary: partSchema }).partial(),
});
/** What is published: the hash of each part, by which its chunks are found. */
export type BundleHead = z.output<typeof headSchema>;
export type PublishedPart = z.output<typeof partSchema>;

const written = z.object({ result: z.string() });
const storedHead = z.object({ _source: headSchema });
const storedChunks = z.object({
  docs: z.array(z.object({ _source: z.object({ content: z.string() }).optional() })),
});

/** The parts of the bundle in the engine. A part is stored under its hash, so readers never see half of one. */
export class BundleStore {
  readonly #index: DocumentIndex;

  constructor(private readonly engine: Engine) {
    this.#index = new DocumentIndex(engine, engine.names.bundle);
  }

  /** Undefined where nothing was published. @throws UserError for a bundle of another version. */
  async readHead(): Promise<BundleHead | undefined> {
    const found = await this.engine.request(storedHead, {
      method: 'GET',
      path: [this.engine.names.bundle, '_doc', HEAD],
      unless: [404],
    });
    const head = found?._source;
    if (head !== undefined && head.format !== BUNDLE_FORMAT) {
      throw new UserError(
        `The writer published a bundle of format ${head.format}, this version reads format ${BUNDLE_FORMAT}: run the same version of Shelfwright on all nodes.`,
      );
    }
    return head;
  }

  /** @throws UnavailableError where a chunk is gone: a newer part was published since the head was read. */
  async readPart(name: PartName, { hash, chunks }: PublishedPart): Promise<unknown> {
    const { docs } = await this.engine.ask(storedChunks, {
      method: 'POST',
      path: [this.engine.names.bundle, '_mget'],
      body: { ids: Array.from({ length: chunks }, (_, at) => chunkId(name, hash, at)) },
    });
    const content = docs.map(({ _source }) => _source?.content ?? '').join('');
    const text = content === '' ? '' : (await decompress(Buffer.from(content, 'base64'))).toString('utf8');
    if (hashOf(text) !== hash) {
      throw new UnavailableError(`The part ${name} of the bundle was replaced while it was read.`);
    }
    return JSON.parse(text);
  }

  /** Stores a part that nobody reads until the head names it. `known` is there already. */
  async writePart(name: PartName, part: unknown, known: PublishedPart | undefined): Promise<PublishedPart> {
    const text = JSON.stringify(part);
    const hash = hashOf(text);
    if (known?.hash === hash) return known;
    await this.#index.create();
    const content = (await compress(text)).toString('base64');
    const chunks = Math.max(1, Math.ceil(content.length / CHUNK_LENGTH));
    for (let at = 0; at < chunks; at++) {
      await this.engine.ask(written, {
        method: 'PUT',
        path: [this.engine.names.bundle, '_doc', chunkId(name, hash, at)],
        body: { content: content.slice(at * CHUNK_LENGTH, (at + 1) * CHUNK_LENGTH) },
      });
    }
    return { hash, chunks };
  }

  async writeHead(parts: BundleHead['parts']): Promise<void> {
    await this.#index.create();
    await this.engine.ask(written, {
      method: 'PUT',
      path: [this.engine.names.bundle, '_doc', HEAD],
      body: { format: BUNDLE_FORMAT, parts },
    });
  }

  async removePart(name: PartName, { hash, chunks }: PublishedPart): Promise<void> {
    for (let at = 0; at < chunks; at++) {
      await this.engine.request(written, {
        method: 'DELETE',
        path: [this.engine.names.bundle, '_doc', chunkId(name, hash, at)],
        unless: [404],
      });
    }
  }
}

function chunkId(name: PartName, hash: string, at: number): string {
  return `${name}-${hash}-${at}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
