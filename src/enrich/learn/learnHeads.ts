import type { TaxonomyView } from '../../taxonomy/view.js';
import type { ShopNames } from '../context/names.js';
import { TextContexts } from '../context/textContexts.js';
import { HeadReader } from '../propose/titleHead.js';
import { ACCESSORIES, headOf, nameHeads, type TitleHead, type TitleHeads } from '../propose/titleHeads.js';
import { type TrainingData, yieldToEventLoop } from './prepareTrainingData.js';

/** Rows of a category with a head noun, from which it is sure. */
const MIN_ROWS = 2;
/** Rows in which a word stands behind a sure head, from which it is no head. */
const MIN_TRAILING = 2;
const NONE: ReadonlySet<string> = new Set();

/**
 * Learns from the rows with a category which nouns are heads of its titles. A first reading gives nouns that are sure; words
 * that stand behind those ("Slim Jeans Dark Indigo") are left out by the second.
 */
export async function learnHeads(
  data: Pick<TrainingData, 'products' | 'labels'>,
  rows: Int32Array,
  view: TaxonomyView,
  names: ShopNames,
): Promise<Pick<TitleHeads, 'heads' | 'trailing'>> {
  const first = await readHeads(data, rows, view, names, NONE);
  const counts = countHeads(first);
  const isSure = (stem: string, category: string): boolean =>
    (counts.get(stem)?.get(category) ?? 0) >= MIN_ROWS || isName(view, category, stem);
  const behind = new Map<string, number>();
  for (const { title, category } of first) {
    const phrase = title.phrase.filter(({ isTail }) => !isTail).map(({ stem }) => stem);
    const last = phrase.findLastIndex((stem) => isSure(stem, category));
    if (last < 0) continue;
    for (const stem of new Set(phrase.slice(last + 1))) behind.set(stem, (behind.get(stem) ?? 0) + 1);
  }
  const sure = new Set([...counts].flatMap(([stem, own]) => (isSureAnywhere(own) ? [stem] : [])));
  const trailing = new Set(
    [...behind].flatMap(([stem, count]) =>
      count >= MIN_TRAILING && !sure.has(stem) && !ACCESSORIES.has(stem) ? [stem] : [],
    ),
  );
  return { heads: countHeads(await readHeads(data, rows, view, names, trailing)), trailing };
}

function isSureAnywhere(own: ReadonlyMap<string, number>): boolean {
  return [...own.values()].some((count) => count >= MIN_ROWS);
}

function isName(view: TaxonomyView, id: string, stem: string): boolean {
  const category = view.category(id);
  return category !== undefined && nameHeads(category).has(stem);
}

interface HeadedRow {
  readonly title: TitleHead;
  readonly category: string;
}

async function readHeads(
  { products, labels }: Pick<TrainingData, 'products' | 'labels'>,
  rows: Int32Array,
  view: TaxonomyView,
  names: ShopNames,
  trailing: ReadonlySet<string>,
): Promise<HeadedRow[]> {
  const reader = HeadReader.of(view);
  const found: HeadedRow[] = [];
  for (const [n, row] of rows.entries()) {
    if (n % 500 === 0) await yieldToEventLoop();
    const product = products[row];
    const category = labels[row]?.category;
    if (product === undefined || category === undefined) continue;
    const title = reader.read(product, new TextContexts(product, names), trailing);
    if (title !== undefined) found.push({ title, category });
  }
  return found;
}

function countHeads(rows: readonly HeadedRow[]): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { title, category } of rows) {
    const head = headOf(title);
    const own = counts.get(head) ?? new Map<string, number>();
    counts.set(head, own.set(category, (own.get(category) ?? 0) + 1));
  }
  return counts;
}
