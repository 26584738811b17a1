import type { TaxonomyView } from '../../taxonomy/view.js';
import type { ShopNames } from '../context/names.js';
import { TextContexts } from '../context/textContexts.js';
import { HeadReader } from '../propose/titleHead.js';
import { ACCESSORIES, headOf, nameHeads, type TitleHead, type TitleHeads } from '../propose/titleHeads.js';
import { eachRow } from './eachRow.js';
import type { TrainingData } from './prepareTrainingData.js';

/** Rows of a category with a head noun, from which it is sure. */
const MIN_ROWS = 2;
/** Rows in which a word stands behind a sure head, from which it is no head. */
const MIN_TRAILING = 2;
const NONE: ReadonlySet<string> = new Set();

/** Rows to learn from, and the names that they show. */
interface NamedRows {
  readonly rows: Int32Array;
  readonly names: ShopNames;
}

/**
 * Learns from the rows with a category which nouns are heads of its titles, for each of `fits`. A first reading gives nouns
 * that are sure; words that stand behind those ("Slim Jeans Dark Indigo") are left out by the second.
 */
export async function learnHeads(
  data: Pick<TrainingData, 'products' | 'labels'>,
  fits: readonly NamedRows[],
  view: TaxonomyView,
): Promise<Pick<TitleHeads, 'heads' | 'trailing'>[]> {
  const first = fits.map((): HeadedRow[] => []);
  const untrailed = fits.map((fit) => ({ ...fit, trailing: NONE }));
  await readHeads(data, untrailed, view, (fit, row) => first[fit]?.push(row));
  const trailed = fits.map((fit, i) => ({ ...fit, trailing: trailingOf(first[i] ?? [], view) }));
  const heads = fits.map(() => new Map<string, Map<string, number>>());
  await readHeads(data, trailed, view, (fit, row) => countHead(heads[fit] ?? new Map(), row));
  return trailed.map(({ trailing }, i) => ({ heads: heads[i] ?? new Map(), trailing }));
}

/** Stems that stand behind sure heads, and are none. */
function trailingOf(rows: readonly HeadedRow[], view: TaxonomyView): ReadonlySet<string> {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) countHead(counts, row);
  const isSure = (stem: string, category: string): boolean =>
    (counts.get(stem)?.get(category) ?? 0) >= MIN_ROWS || isName(view, category, stem);
  const behind = new Map<string, number>();
  for (const { title, category } of rows) {
    const phrase = title.phrase.filter(({ isTail }) => !isTail).map(({ stem }) => stem);
    const last = phrase.findLastIndex((stem) => isSure(stem, category));
    if (last < 0) continue;
    for (const stem of new Set(phrase.slice(last + 1))) behind.set(stem, (behind.get(stem) ?? 0) + 1);
  }
  const sure = new Set([...counts].flatMap(([stem, own]) => (isSureAnywhere(own) ? [stem] : [])));
  return new Set(
    [...behind].flatMap(([stem, count]) =>
      count >= MIN_TRAILING && !sure.has(stem) && !ACCESSORIES.has(stem) ? [stem] : [],
    ),
  );
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

/** Reads each title for all fits at once, because most of the reading is the same for all of them. */
async function readHeads(
  { products, labels }: Pick<TrainingData, 'products' | 'labels'>,
  fits: readonly (NamedRows & Pick<TitleHeads, 'trailing'>)[],
  view: TaxonomyView,
  found: (fit: number, row: HeadedRow) => void,
): Promise<void> {
  const reader = HeadReader.of(view);
  await eachRow(products.length, fits, (row, members) => {
    const product = products[row];
    const category = labels[row]?.category;
    if (product === undefined || category === undefined) return;
    for (const { fit, names, trailing } of members) {
      const title = reader.read(product, new TextContexts(product, names), trailing);
      if (title !== undefined) found(fit, { title, category });
    }
  });
}

function countHead(counts: Map<string, Map<string, number>>, { title, category }: HeadedRow): void {
  const head = headOf(title);
  const own = counts.get(head) ?? new Map<string, number>();
  counts.set(head, own.set(category, (own.get(category) ?? 0) + 1));
}
