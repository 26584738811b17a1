import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LazyEmbedder } from '../../src/catalog/lazyEmbedder.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { attributeField, fieldValue } from '../../src/domain/field.js';
import { identityText } from '../../src/domain/identityText.js';
import type { Product } from '../../src/domain/product.js';
import { silent } from '../../src/domain/progress.js';
import { seededRandom, shuffle } from '../../src/domain/seededRandom.js';
import type { Enricher, Example } from '../../src/enrich/enricher.js';
import { canonicalValue, readLabels, sameValue } from '../../src/enrich/features/labels.js';
import { learn } from '../../src/enrich/learn/learn.js';
import { openStore } from '../../src/store/open.js';
import { inferTaxonomy } from '../../src/taxonomy/infer/infer.js';
import { loadTaxonomy } from '../../src/taxonomy/load.js';
import { type TaxonomyView, viewTaxonomy } from '../../src/taxonomy/view.js';
import { median } from '../median.js';
import { PHONE_COLUMNS, readCatalog } from './catalog.js';

const DATA = '../shared/data';
const SPLITS = 20;
/** Rows held out of each split: a fifth of the labelled ones, at most as many. */
const TESTED_SHARE = 0.2;
const MAX_TESTED = 1_000;
/** A split agrees with the others if its applied share is within this share of their median. */
const TOLERANCE = 0.2;

const PHONES = {
  ...PHONE_COLUMNS,
  'attributes.width': 'width',
  'attributes.height': 'height',
  'attributes.depth': 'depth',
  'attributes.weight': 'weight',
};

/** A catalog to split. */
interface PolicySet {
  readonly name: string;
  readonly file: string;
  /** Folder; inferred from the catalog unless given. */
  readonly taxonomy?: string;
  /** Labelled rows to learn from; all that are not held out unless given. */
  readonly labels?: number;
  /** Which column holds which field, where the file does not say. */
  readonly map?: Readonly<Record<string, string>>;
  /** Whether attributes are left out. */
  readonly categoriesOnly?: boolean;
}

/** Every set that is there. The pet shop and its taxonomy lie beside the data folder. */
function policySets(data = DATA): PolicySet[] {
  const fashion = path.join(data, 'fashion/products.jsonl.gz');
  const pets = path.join(data, '../cases/pets');
  const sets: PolicySet[] = [
    { name: 'fashion', file: fashion },
    { name: 'fashion, 2,500 labels', file: fashion, labels: 2_500 },
    { name: 'fashion, 300 labels', file: fashion, labels: 300 },
    { name: 'esci, categories', file: path.join(data, 'esci/products.jsonl.gz'), categoriesOnly: true },
    { name: 'bestbuy-phones', file: path.join(data, 'bestbuy-phones/products.jsonl.gz'), map: PHONES },
    { name: 'demo', file: packagePaths.demoCatalog, taxonomy: packagePaths.starterTaxonomy },
    { name: 'pets', file: path.join(pets, 'pets.csv'), taxonomy: path.join(pets, 'taxonomy') },
  ];
  return sets.filter(({ file }) => existsSync(file));
}

interface Count {
  asked: number;
  applied: number;
  right: number;
}

/** The counts of one split, by kind of field. */
type SplitCounts = Record<'category' | 'attributes', Count>;

/**
 * How stable the policy is: each set is split at random twenty times. A fifth of the labelled rows (at most 1,000) loses
 * its category and attributes; the enricher that learned from the others fills them. Prints the share of those cells
 * that are applied and the precision of applied values, over the splits. `named`: the data folder; `only`: a part of the
 * name of the sets to run; `splits`: how many, instead of twenty.
 */
export async function benchPolicy(
  named: string | undefined,
  only = '',
  splits = String(SPLITS),
): Promise<void> {
  for (const set of policySets(named)) {
    if (!set.name.includes(only)) continue;
    const counts = await splitSet(set, Number(splits));
    console.log(`\npolicy, ${set.name}: ${counts.length} splits`);
    console.log(`  category:   ${describe(counts.map(({ category }) => category))}`);
    console.log(`  attributes: ${describe(counts.map(({ attributes }) => attributes))}`);
    console.log(`  all:        ${describe(counts.map(sum))}`);
  }
}

/** Splits a set `splits` times. */
async function splitSet(set: PolicySet, splits: number): Promise<SplitCounts[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  const store = openStore(folder);
  const embedder = new LazyEmbedder(packagePaths.model, store);
  try {
    const products = (await readCatalog(set.file, set.map)).map((product) => prepared(product, set));
    const labelled = products.filter(isLabelled);
    const taxonomy =
      set.taxonomy === undefined
        ? (await inferTaxonomy(labelled)).taxonomy
        : await loadTaxonomy(set.taxonomy);
    const view = viewTaxonomy(taxonomy);
    const embed = async (texts: readonly string[]): Promise<Float32Array[]> =>
      (await embedder.embed(texts)).map(({ vector }) => vector);
    const counts: SplitCounts[] = [];
    for (let split = 1; split <= splits; split++) {
      const { training, tested } = splitAt(labelled, split, set.labels);
      const exampled = async (rows: readonly Product[]): Promise<Example[]> => {
        const vectors = await embed(rows.map(identityText));
        return rows.map((product, row) => ({ product, vector: vectors[row] }));
      };
      const enricher = await learn(await exampled(training), view, { embed, seed: split, progress: silent });
      counts.push(countApplied(enricher, await exampled(tested), view));
      console.error(`${set.name}: split ${split} of ${splits}`);
    }
    return counts;
  } finally {
    await embedder.close();
    store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function prepared(product: Product, { categoriesOnly = false }: PolicySet): Product {
  if (!categoriesOnly) return product;
  const { attributes: _, ...rest } = product;
  return rest;
}

function isLabelled(product: Product): boolean {
  return fieldValue(product, 'category') !== undefined || Object.keys(product.attributes ?? {}).length > 0;
}

function splitAt(
  labelled: readonly Product[],
  seed: number,
  labels: number | undefined,
): { training: Product[]; tested: Product[] } {
  const order = Int32Array.from({ length: labelled.length }, (_, row) => row);
  shuffle(order, seededRandom(seed));
  const rows = [...order].flatMap((row) => labelled[row] ?? []);
  const count = Math.min(MAX_TESTED, Math.round(rows.length * TESTED_SHARE));
  return { tested: rows.slice(0, count), training: rows.slice(count, count + (labels ?? rows.length)) };
}

/** Masks the cells of the rows and counts what is applied in them. Cells without a merchant's value do not count. */
function countApplied(
  enricher: Pick<Enricher, 'enrich'>,
  rows: readonly Example[],
  view: TaxonomyView,
): SplitCounts {
  const counts: SplitCounts = {
    category: { asked: 0, applied: 0, right: 0 },
    attributes: { asked: 0, applied: 0, right: 0 },
  };
  for (const { product, vector } of rows) {
    const { category: _, attributes = {}, ...rest } = product;
    const blank = {
      ...rest,
      attributes: Object.fromEntries(Object.keys(attributes).map((key) => [key, ''])),
    };
    const labels = readLabels(product, view);
    if (labels.category !== undefined) counts.category.asked++;
    counts.attributes.asked += labels.values.size;
    const truths = new Map(
      [...labels.values].flatMap(([id, value]) => {
        const attribute = view.attribute(id);
        return attribute === undefined
          ? []
          : [[attributeField(view.keyOf(blank, attribute)), { attribute, value }]];
      }),
    );
    for (const fact of enricher.enrich(blank, vector)) {
      if (fact.status !== 'applied') continue;
      if (fact.field === 'category') {
        if (labels.category === undefined) continue;
        counts.category.applied++;
        if (view.find(String(fact.value))?.id === labels.category) counts.category.right++;
      } else {
        const truth = truths.get(fact.field);
        if (truth === undefined) continue;
        counts.attributes.applied++;
        const value = canonicalValue(truth.attribute, fact.value, view);
        if (value !== undefined && sameValue(truth.attribute, truth.value, value)) counts.attributes.right++;
      }
    }
  }
  return counts;
}

function sum({ category, attributes }: SplitCounts): Count {
  return {
    asked: category.asked + attributes.asked,
    applied: category.applied + attributes.applied,
    right: category.right + attributes.right,
  };
}

function describe(counts: readonly Count[]): string {
  const asked = counts.filter(({ asked }) => asked > 0);
  if (asked.length === 0) return 'no cells';
  const shares = asked.map(({ asked, applied }) => applied / asked);
  const middle = median(shares);
  const agreeing = shares.filter((share) => Math.abs(share - middle) <= TOLERANCE * middle).length;
  const applying = asked.filter(({ applied }) => applied > 0);
  const precisions = applying.map(({ applied, right }) => right / applied);
  const mean = precisions.reduce((total, one) => total + one, 0) / precisions.length;
  return (
    `applied share median ${middle.toFixed(3)} (${Math.min(...shares).toFixed(3)} to ${Math.max(...shares).toFixed(3)}), ` +
    `${agreeing} of ${shares.length} within a fifth of it; ` +
    `precision ${mean.toFixed(3)} on average, ${Math.min(...precisions).toFixed(3)} at least`
  );
}
