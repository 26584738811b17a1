import { open, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '../../domain/faultPoint.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { ColumnsWriter } from '../columns/columnsWriter.js';
import { ValueRules } from '../columns/valueRules.js';
import type { FileChecksum } from '../files/checksummedFile.js';
import { flushDirectory } from '../files/flushDirectory.js';
import { SectionWriter } from '../files/sectionWriter.js';
import { IdentifiersWriter } from '../identifiers/identifiersWriter.js';
import { countTerms } from '../lexical/countTerms.js';
import { LexicalWriter } from '../lexical/lexicalWriter.js';
import { HnswBuilder } from '../vectors/hnswBuilder.js';
import { HNSW_PARAMETERS, type HnswParameters } from '../vectors/hnswGraph.js';
import { hnswLabels, writeHnswLabels } from '../vectors/hnswLabels.js';
import { DocumentsWriter } from './documentsFile.js';
import { FILES } from './generationFiles.js';
import { generationDir } from './generations.js';
import { GENERATION_FORMAT, MANIFEST_FILE, type Manifest, manifestText } from './manifest.js';
import { createStaging, releaseStaging } from './stagingFolder.js';

export interface GenerationInput {
  /** See `newGenerationId`. */
  readonly id: string;
  /** The products given include every change of the store up to this number. */
  readonly sequence: number;
  readonly taxonomyVersion: string;
  /** The taxonomy that values are normalised by. */
  readonly taxonomy?: TaxonomyView | undefined;
  /** Null for a generation without vectors. */
  readonly model: { readonly name: string; readonly sha256: string; readonly dimension: number } | null;
  /** The vector keys (hashes of identity texts) of all products to come. Needed only with a model. */
  readonly vectorKeys?: ReadonlySet<string> | undefined;
  /** The generation to reuse vectors and graph from, usually the current one. */
  readonly previous?: string | undefined;
  readonly parameters?: HnswParameters | undefined;
  readonly progress?: Progress | undefined;
}

/**
 * Writes one generation into a staging folder and, once complete and flushed, renames it to its id. It serves
 * only after it is checked and activated.
 */
export class GenerationWriter {
  /** Receives the vectors; undefined for a generation without a model. */
  readonly graph: HnswBuilder | undefined;
  readonly #indexesDir: string;
  readonly #input: GenerationInput;
  readonly #staging: string;
  /** Where the files are written: the generation's folder inside the staging folder. */
  readonly #dir: string;
  readonly #documents: DocumentsWriter;
  readonly #lexical = new LexicalWriter();
  readonly #rules: ValueRules;
  readonly #columns: ColumnsWriter;
  readonly #identifiers = new IdentifiersWriter();
  readonly #vectorKeys: (string | undefined)[] = [];
  readonly #ids = new Set<string>();
  #ended = false;

  private constructor(
    indexesDir: string,
    input: GenerationInput,
    staging: string,
    graph: HnswBuilder | undefined,
  ) {
    this.#indexesDir = indexesDir;
    this.#input = input;
    this.#staging = staging;
    this.graph = graph;
    this.#dir = generationDir(staging, input.id);
    this.#documents = new DocumentsWriter(join(this.#dir, FILES.documents));
    this.#rules = ValueRules.of(input.taxonomy);
    this.#columns = new ColumnsWriter(this.#rules);
  }

  static async create(indexesDir: string, input: GenerationInput): Promise<GenerationWriter> {
    const staging = await createStaging(indexesDir, input.id);
    try {
      const { model, previous } = input;
      const graph =
        model === null
          ? undefined
          : await HnswBuilder.start({
              dir: generationDir(staging, input.id),
              model,
              keys: input.vectorKeys ?? new Set(),
              previous: previous === undefined ? undefined : generationDir(indexesDir, previous),
              parameters: input.parameters,
              progress: input.progress,
            });
      return new GenerationWriter(indexesDir, input, staging, graph);
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      releaseStaging(staging);
      throw error;
    }
  }

  /**
   * Adds the next product as it is to be shown; its ordinal is the number of products before it. Products
   * with the same `vectorKey` share a vector, which may be added before, after, or never. RangeError for a
   * repeated id.
   */
  add(product: Product, vectorKey: string | undefined): void {
    if (this.#ids.has(product.id)) throw new RangeError(`the product ${product.id} was added twice`);
    this.#ids.add(product.id);
    this.#vectorKeys.push(vectorKey);
    this.#documents.add(product);
    this.#lexical.add(countTerms(product, this.#rules));
    this.#columns.add(product);
    this.#identifiers.add(product);
  }

  /**
   * Writes the remaining files, waits for the graph, calls `admit` with the staging folder, and then moves
   * the generation into place. If `admit` throws or anything else fails, removes everything.
   */
  async finish(admit?: (indexesDir: string, manifest: Manifest) => Promise<void>): Promise<Manifest> {
    try {
      const manifest = await this.#write();
      await flushDirectory(this.#dir);
      await admit?.(this.#staging, manifest);
      faultPoint('generation.checked');
      await rename(this.#dir, generationDir(this.#indexesDir, this.#input.id));
      await flushDirectory(this.#indexesDir);
      faultPoint('generation.renamed');
      this.#ended = true;
      await rmdir(this.#staging);
      releaseStaging(this.#staging);
      return manifest;
    } catch (error) {
      await this.abort();
      throw error;
    }
  }

  /** Removes what was written. Does nothing after `finish`. */
  async abort(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.graph?.abort();
    this.#documents.close();
    await rm(this.#staging, { recursive: true, force: true });
    releaseStaging(this.#staging);
  }

  async #write(): Promise<Manifest> {
    const { id, sequence, taxonomyVersion, model, parameters } = this.#input;
    const documents = await this.#documents.finish();
    faultPoint('generation.file');
    const files: Record<string, FileChecksum> = {
      [FILES.documents]: documents,
      [FILES.lexical]: await this.#sections(FILES.lexical, (to) => this.#lexical.write(to)),
      [FILES.columns]: await this.#sections(FILES.columns, (to) => this.#columns.write(to)),
      [FILES.identifiers]: await this.#sections(FILES.identifiers, (to) => this.#identifiers.write(to)),
    };
    let vectors = 0;
    let points = 0;
    if (this.graph !== undefined) {
      const { graph } = this;
      const built = await graph.finish();
      Object.assign(files, built.files);
      faultPoint('generation.file');
      const vectorOf = Int32Array.from(this.#vectorKeys, (key) =>
        key === undefined ? -1 : (graph.rowOf(key) ?? -1),
      );
      const labels = hnswLabels(built.keys, vectorOf);
      files[FILES.labels] = await this.#sections(FILES.labels, (to) => writeHnswLabels(to, labels));
      vectors = labels.ordinals.length;
      points = labels.keys.slice().filter((key) => key !== '').length;
    }
    const manifest: Manifest = {
      format: GENERATION_FORMAT,
      id,
      created: new Date().toISOString(),
      model:
        model === null
          ? null
          : { name: model.name, sha256: model.sha256, dimension: model.dimension, metric: 'cosine' },
      taxonomy: taxonomyVersion,
      sequence,
      counts: { products: this.#ids.size, vectors, points, terms: this.#lexical.terms },
      parameters: parameters ?? HNSW_PARAMETERS,
      files,
    };
    const file = await open(join(this.#dir, MANIFEST_FILE), 'wx');
    try {
      await file.writeFile(manifestText(manifest));
      await file.sync();
    } finally {
      await file.close();
    }
    faultPoint('generation.manifest');
    return manifest;
  }

  async #sections(name: string, write: (to: SectionWriter) => void): Promise<FileChecksum> {
    const to = new SectionWriter(join(this.#dir, name));
    try {
      write(to);
      const facts = await to.finish();
      faultPoint('generation.file');
      return facts;
    } finally {
      to.close();
    }
  }
}
