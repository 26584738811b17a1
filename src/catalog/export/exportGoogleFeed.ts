import { rm } from 'node:fs/promises';
import { applyFacts } from '../../domain/filledProduct.js';
import type { Product } from '../../domain/product.js';
import { statusOf } from '../../domain/productStatus.js';
import type { Progress } from '../../domain/progress.js';
import { OutputFile } from '../../formats/bytes/outputFile.js';
import { type FeedFormat, feedWriter } from '../../formats/feed/googleFile.js';
import { type GoogleFeedOptions, googleItem } from '../../formats/feed/googleItem.js';
import type { Store } from '../../store/open.js';

/** Ids that `related_product` accepts. */
const PLAIN_ID = /^[A-Za-z0-9_-]{1,50}$/;

export interface FeedRequest extends GoogleFeedOptions {
  readonly out: string;
  readonly format: FeedFormat;
  readonly gzip: boolean;
  /** The name of the shop. */
  readonly title: string;
  /** Where what is wrong is listed, a JSON object a line; not written if nothing is. */
  readonly problems: string;
  /** Ids of products that can be bought instead, the best first; undefined to name none. */
  readonly similar?: ((product: Product) => readonly string[]) | undefined;
  /** Most of them that are named. */
  readonly maxSimilar: number;
  readonly progress: Progress;
}

export interface FeedReport {
  readonly products: number;
  readonly written: number;
  readonly leftOut: number;
  /** Problems by attribute. */
  readonly problems: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/**
 * Writes the active products of the store, their blanks filled by applied facts, as a Google Merchant feed. Both files
 * appear under their names only when they are complete.
 * @throws UserError if a file cannot be written.
 */
export async function exportGoogleFeed(store: Store, request: FeedRequest): Promise<FeedReport> {
  const start = performance.now();
  const writer = feedWriter(request.format, { title: request.title, link: request.shop });
  const counts = new Map<string, number>();
  const total = store.products.count();
  let [products, written] = [0, 0];
  const listed = request.similar === undefined ? undefined : listedIds(store, request);
  const out = await OutputFile.create(request.out, request.gzip);
  let problemFile: OutputFile | undefined;
  try {
    await out.write(writer.head);
    for (const product of activeProducts(store)) {
      const { values, problems } = googleItem(product, request);
      for (const { field, reason, effect } of problems) {
        problemFile ??= await OutputFile.create(request.problems, false);
        await problemFile.write(`${JSON.stringify({ id: product.id, field, reason, effect })}\n`);
        counts.set(field, (counts.get(field) ?? 0) + 1);
      }
      request.progress('export', ++products, total);
      if (values === undefined) continue;
      const substitutes = (request.similar?.(product) ?? []).filter((id) => listed?.has(id));
      await out.write(writer.item({ values, substitutes: substitutes.slice(0, request.maxSimilar) }));
      written++;
    }
    await out.write(writer.foot);
    if (problemFile === undefined) await rm(request.problems, { force: true });
    else await problemFile.commit();
    await out.commit();
  } catch (error) {
    await out.discard();
    await problemFile?.discard();
    throw error;
  }
  return {
    products,
    written,
    leftOut: products - written,
    problems: Object.fromEntries(counts),
    seconds: (performance.now() - start) / 1000,
  };
}

/** Products that the feed will have, because `related_product` may name no others. */
function listedIds(store: Store, options: GoogleFeedOptions): Set<string> {
  const ids = new Set<string>();
  for (const product of activeProducts(store))
    if (PLAIN_ID.test(product.id) && googleItem(product, options).values !== undefined) ids.add(product.id);
  return ids;
}

function* activeProducts(store: Store): Generator<Product> {
  for (const product of store.products.each())
    if (statusOf(product) === 'active') yield applyFacts(product, store.facts.get(product.id)).product;
}
