import { SEED } from '../../src/catalog/enrich/learnFromRows.js';
import { monitoringSchema } from '../../src/configuration/monitoring.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { identityText } from '../../src/domain/identityText.js';
import { silent } from '../../src/domain/progress.js';
import { seededRandom, shuffle } from '../../src/domain/seededRandom.js';
import { startEmbedder } from '../../src/embed/embedder.js';
import { vectorKey } from '../../src/embed/embeddingCache.js';
import { openModel } from '../../src/embed/model.js';
import type { Example } from '../../src/enrich/enricher.js';
import { evaluateMasked } from '../../src/enrich/evaluateMasked.js';
import { learn } from '../../src/enrich/learn/learn.js';
import {
  measureAbstention,
  measureConfidence,
} from '../../src/service/monitor/measures/measureConfidence.js';
import { measureDrift, measureOutOfDistribution } from '../../src/service/monitor/measures/measureDrift.js';
import { openStore } from '../../src/store/open.js';
import { inferTaxonomy } from '../../src/taxonomy/infer/infer.js';
import { viewTaxonomy } from '../../src/taxonomy/view.js';
import { indexCatalog } from './indexCatalog.js';

/** Number of training rows and of new rows per case. */
const TRAINING = 6000;
const NEW = 400;
const HELD_OUT_CATEGORIES = 3;
const MIN_CATEGORY = 150;

/**
 * Drift, out-of-distribution share, confidence and abstention on an unchanged catalog (random rows, later rows by id)
 * and on a changed one (an unseen top category, rows of another catalog). A mark (!) shows what would raise an alert.
 */
export async function benchDrift(named: string | undefined, other: string | undefined): Promise<void> {
  const own = await read(named);
  console.log(`drift ${named ?? 'catalog'}: ${own.length} rows, ${TRAINING} training rows, ${NEW} new rows`);
  const later = [...own].sort((a, b) => order(a) - order(b));
  const cut = (share: number): number => Math.floor(later.length * share);
  await measure('drawn at random', spread(own).slice(NEW), spread(own).slice(0, NEW));
  await measure('the last 5 % by id', later.slice(0, cut(0.95)), later.slice(cut(0.95)));
  await measure('5 % by id after the first half', later.slice(0, cut(0.5)), later.slice(cut(0.5), cut(0.55)));
  for (const top of topCategories(own)) {
    await measure(
      `without ${top}`,
      own.filter((one) => topOf(one) !== top && topOf(one) !== undefined),
      own.filter((one) => topOf(one) === top),
    );
  }
  if (other !== undefined) {
    const foreign = spread(await read(other));
    await measure(`rows of ${other}`, own, foreign);
    const mixed = [...spread(own).slice(0, NEW * 0.75), ...foreign.slice(0, NEW * 0.25)];
    await measure('a quarter of those', spread(own).slice(NEW), mixed);
  }
}

async function measure(name: string, training: readonly Example[], fresh: readonly Example[]): Promise<void> {
  const settings = monitoringSchema.parse({});
  const examples = spread(training).slice(0, TRAINING);
  const { taxonomy } = await inferTaxonomy(examples.map(({ product }) => product));
  const embedder = await startEmbedder(await openModel(packagePaths.model));
  try {
    const enricher = await learn(examples, viewTaxonomy(taxonomy), {
      embed: (texts) => embedder.embed(texts),
      seed: SEED,
      progress: silent,
    });
    const { holdoutProfile: expected } = enricher;
    if (expected === undefined) throw new Error('too few rows for a hold-out set');
    const found = await evaluateMasked(enricher, spread(fresh).slice(0, NEW));
    const measures = [measureDrift, measureOutOfDistribution, measureConfidence, measureAbstention].map(
      (measure) => measure(expected, found, settings),
    );
    const figures = measures.map(({ name: what, value, threshold }) => {
      const mark = value !== null && threshold !== null && value > threshold ? '!' : '';
      return `${what} ${value?.toFixed(3) ?? '-'}${mark}`;
    });
    console.log(`${name.padEnd(40)} ${figures.join('  ')}`);
  } finally {
    await embedder.close();
  }
}

async function read(named: string | undefined): Promise<Example[]> {
  const { dataDir, remove } = await indexCatalog(named);
  const store = openStore(dataDir);
  try {
    const model = await openModel(packagePaths.model);
    return [...store.products.each()].map((product) => ({
      product,
      vector: store.vectors.get(vectorKey(model, identityText(product))),
    }));
  } finally {
    store.close();
    await remove();
  }
}

function spread<Item>(items: readonly Item[]): Item[] {
  const indexes = Int32Array.from(items, (_, index) => index);
  shuffle(indexes, seededRandom(SEED));
  return Array.from(indexes, (index) => items[index]).filter((item) => item !== undefined);
}

function topCategories(examples: readonly Example[]): string[] {
  const counts = new Map<string, number>();
  for (const one of examples) {
    const top = topOf(one);
    if (top !== undefined) counts.set(top, (counts.get(top) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= MIN_CATEGORY)
    .sort((a, b) => b[1] - a[1])
    .slice(0, HELD_OUT_CATEGORIES)
    .map(([top]) => top);
}

function topOf({ product }: Example): string | undefined {
  return product.category?.split(' > ')[0];
}

/** In many shops numeric ids increase with time; other ids keep their order. */
function order({ product }: Example): number {
  const number = Number(product.id);
  return Number.isNaN(number) ? 0 : number;
}
