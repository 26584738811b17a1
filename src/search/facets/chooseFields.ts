import type { LiveIndex } from '../../index/live.js';
import { type Counting, countedFor } from './counting.js';
import { countCells } from './countValues.js';

/** At most this many fields, those that tell the candidates apart best. */
const CHOSEN_FIELDS = 8;
const CHOSEN_MAX_VALUES = 60;
const CHOSEN_MIN_COVERAGE = 0.2;
const MAX_VALUES = 2000;
/** Told apart by a person reading a list: not numbers, ids or flags of the record. */
const NOT_CHOSEN = new Set([
  'brand',
  'category',
  'price',
  'currency',
  'stock',
  'group_id',
  'gtin',
  'sku',
  'mpn',
]);

/** What `*` stands for: the fields that most candidates have and that few values part, most candidates first. */
export function chooseFields(counting: Counting): string[] {
  const total = counting.candidates.count();
  const ranked: { name: string; covered: number }[] = [];
  for (const name of candidateFields(counting.index)) {
    const column = counting.index.columns.field(name);
    if (column === undefined || column.values.length > MAX_VALUES) continue;
    const counts = countCells(counting, column);
    let values = 0;
    let covered = 0;
    for (const count of counts) {
      covered += count;
      if (count > 0) values++;
    }
    const among = counting.unrefined.has(name) ? countedFor(counting, name).count() : total;
    if (values < 2 || values > CHOSEN_MAX_VALUES || covered < CHOSEN_MIN_COVERAGE * among) continue;
    ranked.push({ name, covered });
  }
  ranked.sort((a, b) => b.covered - a.covered || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, CHOSEN_FIELDS).map(({ name }) => name);
}

function candidateFields(index: LiveIndex): string[] {
  return index.columns.names().filter((name) => !NOT_CHOSEN.has(name));
}
