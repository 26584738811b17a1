import { countCompleteness, demandColumn, demandIn } from '../../audit/countCompleteness.js';
import { findDuplicates } from '../../audit/duplicates/findDuplicates.js';
import { nearestVectors } from '../../audit/duplicates/nearestVectors.js';
import { findContradictions } from '../../audit/findContradictions.js';
import { findImpossible } from '../../audit/findImpossible.js';
import { findMiscategorised } from '../../audit/findMiscategorised.js';
import { findMissing } from '../../audit/findMissing.js';
import { findOutOfVocabulary } from '../../audit/findOutOfVocabulary.js';
import { findSpellings } from '../../audit/findSpellings.js';
import { type AuditReport, FINDING_KINDS } from '../../audit/report.js';
import { isEmptyVector } from '../../domain/emptyVector.js';
import { sentenceOf } from '../../domain/errors.js';
import { factsOf } from '../../domain/filledProduct.js';
import { identityText } from '../../domain/identityText.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { learnCategoryCheck } from '../../enrich/learn/learnCategoryCheck.js';
import { writeQuarantine } from '../../formats/quarantine.js';
import type { BadRow, ProductRow, RowSource } from '../../formats/source.js';
import type { Store } from '../../store/open.js';
import { SEED } from '../enrich/learnFromRows.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';
import { governAudit } from '../taxonomy/governTaxonomy.js';

export interface AuditOptions {
  readonly source: RowSource;
  readonly taxonomy: string | undefined;
  /** For its taxonomy, facts and vectors; new vectors are kept unless it is read-only. */
  readonly store: Store;
  /** Undefined with `--no-model`. */
  readonly embedder: LazyEmbedder | undefined;
  readonly quarantine: string;
  readonly progress: Progress;
}

const BLOCK = 512;
const MAX_GAPS = 20;

/**
 * The data-quality report of a file. All its products are in memory, because each is compared with others. Without the
 * transformer it compares words and identifiers only, and `notes` says so.
 * @throws UserError if the file or the taxonomy cannot be read.
 */
export async function auditCatalog(options: AuditOptions): Promise<AuditReport> {
  const started = performance.now();
  const { source, store, progress } = options;
  const notes: string[] = [];
  const { view, drafted } = await governAudit(source, options.taxonomy, store);
  const products: Product[] = [];
  const applied = new Map<Product, ReadonlySet<string>>();
  const { rows: quarantined, unreadable } = await writeQuarantine(
    options.quarantine,
    readRows(source, store, products, applied, progress),
  );
  const vectors = await vectorsOf(products, options, notes);
  const { embedder } = options;
  const embeds = embedder !== undefined && vectors.some((vector) => vector !== undefined);
  const checker = await learnCategoryCheck(
    products.map((product, place) => ({ product, vector: vectors[place] })),
    view,
    {
      ...(embeds && {
        embed: async (texts: readonly string[]) => (await embedder.embed(texts)).map(({ vector }) => vector),
      }),
      seed: SEED,
      progress,
    },
  );
  const vectorAt = new Map(products.map((product, place) => [product, vectors[place]]));
  const vectorOf = (product: Product): Float32Array | undefined => vectorAt.get(product);
  const nearest = nearestVectors(vectors, progress);
  if (drafted) {
    notes.push(
      'No taxonomy governs: one was drafted from these rows, so values are not checked against a vocabulary and nothing is required. Name one with --taxonomy.',
    );
  }
  const findings = [
    ...findImpossible(products, view),
    ...findContradictions(products, view),
    ...findMiscategorised(products, vectorOf, (product, vector) => checker.check(product, vector), view),
    ...(drafted ? [] : findOutOfVocabulary(products, view)),
    ...findSpellings(products, view, !drafted),
    ...findMissing(products, view),
  ];
  const { duplicates, variants } = findDuplicates({ products, vectorOf, nearest, view, progress });
  const demand = demandColumn(products);
  const { completeness, gaps } = countCompleteness(products, {
    view,
    isApplied: (product, field) => applied.get(product)?.has(field) ?? false,
    demandOf: (product) => {
      const found = demand === undefined ? 1 : demandIn(product, demand);
      return Number.isFinite(found) ? Math.max(0, found) : 0;
    },
  });
  const counts: Record<string, number> = {};
  for (const kind of FINDING_KINDS) counts[kind] = findings.filter((finding) => finding.kind === kind).length;
  return {
    rows: products.length,
    quarantined,
    unreadable,
    seconds: (performance.now() - started) / 1000,
    taxonomy: view.taxonomy.version,
    drafted,
    counts: { ...counts, duplicate: duplicates.length, variant: variants.length },
    findings,
    duplicates,
    variants,
    completeness,
    start: gaps.slice(0, MAX_GAPS),
    ...(demand === undefined ? {} : { demand }),
    notes,
  };
}

/** Collects the products and the fields of each that applied facts filled; yields the bad rows. */
async function* readRows(
  source: RowSource,
  store: Store,
  products: Product[],
  applied: Map<Product, ReadonlySet<string>>,
  progress: Progress,
): AsyncGenerator<BadRow | ProductRow> {
  progress('read', 0, undefined);
  for await (const row of source.rows()) {
    if (row.kind === 'continuation') continue;
    yield row;
    if (row.kind === 'bad') continue;
    products.push(row.product);
    const facts = [...factsOf(row.record), ...store.facts.get(row.product.id)];
    const fields = facts.filter(({ status }) => status === 'applied').map(({ field }) => field);
    if (fields.length > 0) applied.set(row.product, new Set(fields));
    if (products.length % 1000 === 0) progress('read', products.length, undefined);
  }
  progress('read', products.length, undefined);
}

async function vectorsOf(
  products: readonly Product[],
  { embedder, progress }: AuditOptions,
  notes: string[],
): Promise<(Float32Array | undefined)[]> {
  const without = 'duplicates and categories are judged by words alone';
  if (embedder === undefined) {
    notes.push(`Without the transformer (--no-model) ${without}.`);
    return products.map(() => undefined);
  }
  const vectors: (Float32Array | undefined)[] = [];
  try {
    for (let from = 0; from < products.length; from += BLOCK) {
      const texts = products.slice(from, from + BLOCK).map(identityText);
      const made = await embedder.embed(texts.filter((text) => text !== ''));
      let next = 0;
      for (const text of texts) {
        const vector = text === '' ? undefined : made[next++]?.vector;
        vectors.push(vector === undefined || isEmptyVector(vector) ? undefined : vector);
      }
      progress('embed', vectors.length, products.length);
    }
  } catch (error) {
    notes.push(`The transformer could not be used (${sentenceOf(error)}): ${without}.`);
    return products.map(() => undefined);
  }
  return vectors;
}
