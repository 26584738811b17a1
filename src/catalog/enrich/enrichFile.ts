import type { Fact } from '../../domain/fact.js';
import { identityText } from '../../domain/identityText.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { ColumnNotation } from '../../enrich/columnNotation.js';
import { describe } from '../../enrich/describe/describe.js';
import { requireWritablePath } from '../../formats/bytes/outputFile.js';
import { writeQuarantine } from '../../formats/quarantine.js';
import type { BadRow, ProductRow, RowSource, Source } from '../../formats/source.js';
import { requireOutput, writeFilled } from '../../formats/writeFilled.js';
import type { Store } from '../../store/open.js';
import { Completeness, type FieldCount } from '../audit/completeness.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';
import { governFile } from '../taxonomy/governTaxonomy.js';
import { requireGrammar } from './describeStore.js';
import { EnrichScope, type ScopeOptions } from './enrichScope.js';
import { ExampleSample } from './exampleSample.js';
import { learnFromRows, storedVectors } from './learnFromRows.js';
import { readPolicy } from './readPolicy.js';

export interface EnrichFileOptions extends ScopeOptions {
  readonly source: Source;
  /** Rows to learn from; default: the filled rows of the source. */
  readonly learnFrom: RowSource | undefined;
  readonly out: string;
  readonly taxonomy: string | undefined;
  /** Whether to compose a description from known values for products without one. */
  readonly describe: boolean;
  /** Caches the vectors, so that the next run over the same file is faster. */
  readonly store: Store;
  readonly embedder: LazyEmbedder;
  readonly quarantine: string;
  /** Called with each product and its facts as they are written. */
  readonly onWritten?: (product: Product, facts: readonly Fact[]) => void;
  readonly progress: Progress;
}

/** The report of `--report`. `seconds` is the time of the whole run. */
export interface EnrichFileReport {
  readonly rows: number;
  /** Products that pass `where`; `completeness` and `fields` count these only, and the chosen fields. */
  readonly selected: number;
  readonly quarantined: number;
  /** Cells that could not be read and count as blank, by field. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** Bad rows of the file to learn from. */
  readonly untaught: number;
  readonly seconds: number;
  readonly taxonomy: string;
  readonly completeness: { readonly before: number; readonly after: number };
  readonly fields: Record<string, FieldCount>;
}

const BLOCK = 512;

/**
 * Writes a copy of the file with its blanks filled. It reads the file three times (to learn and embed, to find the
 * columns to add, to write), so memory does not grow with the file.
 * @throws UserError if a file or the taxonomy cannot be read, the output cannot be written (checked first), or the scope
 *   names an unknown field.
 */
export async function enrichFile(options: EnrichFileOptions): Promise<EnrichFileReport> {
  const { source, store, embedder, progress } = options;
  const started = performance.now();
  await requireOutput(source, options.out);
  await requireWritablePath(options.quarantine, source.path);
  const view = await governFile(options.learnFrom ?? source, options.taxonomy, store);
  const { taxonomy } = view;
  const grammar = options.describe ? requireGrammar(taxonomy.language) : undefined;
  const scope = new EnrichScope(options, taxonomy);
  const targets = await readPolicy(store, view);
  const model = await embedder.model();
  const examples = new ExampleSample();
  let untaught = 0;
  let selected = 0;
  const notation = new ColumnNotation(view);
  const learnFrom = (product: Product): boolean => {
    examples.offer(product);
    return true;
  };
  if (options.learnFrom !== undefined) {
    for await (const { kind } of embedRows(options.learnFrom, embedder, learnFrom, progress)) {
      if (kind === 'bad') untaught++;
    }
  }
  const observe = (product: Product): boolean => {
    scope.observe(product);
    notation.observe(product);
    const selects = scope.selects(product);
    if (selects) selected++;
    return options.learnFrom === undefined ? learnFrom(product) : selects;
  };
  const { rows: quarantined, unreadable } = await writeQuarantine(
    options.quarantine,
    embedRows(source, embedder, observe, progress),
  );
  scope.requireKnownFields(source);
  const vectorOf = storedVectors(store, model);
  const enricher = await learnFromRows(examples.kept, view, embedder, vectorOf, { progress, targets });
  const factsOf = (product: Product): Fact[] => {
    if (!scope.selects(product)) return [];
    const facts = enricher
      .enrich(product, vectorOf(product))
      .filter(({ field }) => scope.fills(field))
      .map((fact) => notation.apply(fact));
    const description = grammar === undefined ? undefined : describe(product, facts, view, grammar);
    return description === undefined ? facts : [...facts, description];
  };
  const added = await addedFields(source, factsOf, progress);
  const completeness = new Completeness(view, (field) => scope.fills(field));
  let done = 0;
  progress('write', 0, undefined);
  const { rows } = await writeFilled(source, options.out, {
    added,
    factsOf: (product) => {
      const facts = factsOf(product);
      if (scope.selects(product)) completeness.count(product, facts);
      options.onWritten?.(product, facts);
      if (++done % 1000 === 0) progress('write', done, undefined);
      return facts;
    },
  });
  progress('write', rows, undefined);
  return {
    rows,
    selected,
    quarantined,
    unreadable,
    untaught,
    seconds: (performance.now() - started) / 1000,
    taxonomy: taxonomy.version,
    completeness: completeness.shares(),
    fields: completeness.fields,
  };
}

/** One pass over a file: calls `observe` with each product, caches the vectors of those that it selects, and yields the bad rows. */
async function* embedRows(
  source: RowSource,
  embedder: LazyEmbedder,
  observe: (product: Product) => boolean,
  progress: Progress,
): AsyncGenerator<BadRow | ProductRow> {
  let texts: string[] = [];
  let done = 0;
  progress('embed', 0, undefined);
  const flush = async (): Promise<void> => {
    await embedder.embed(texts);
    done += texts.length;
    texts = [];
    progress('embed', done, undefined);
  };
  for await (const row of source.rows()) {
    if (row.kind === 'continuation') continue;
    yield row;
    if (row.kind === 'bad') continue;
    const text = observe(row.product) ? identityText(row.product) : '';
    if (text !== '' && texts.push(text) >= BLOCK) await flush();
  }
  await flush();
}

/** Attributes with new values and no column in the table; none for JSONL, which needs no columns. */
async function addedFields(
  source: Source,
  factsOf: (product: Product) => Fact[],
  progress: Progress,
): Promise<string[]> {
  if (source.columns === undefined) return [];
  const added = new Set<string>();
  let done = 0;
  progress('enrich', 0, undefined);
  for await (const row of source.rows()) {
    if (row.kind !== 'product') continue;
    for (const { field, status } of factsOf(row.product)) {
      if (status === 'applied' && source.columnOf(field) === undefined) added.add(field);
    }
    if (++done % 1000 === 0) progress('enrich', done, undefined);
  }
  return [...added].sort();
}
