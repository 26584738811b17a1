import { attributeName } from '../../../domain/field.js';
import { isIdentifierField } from '../../../index/identifiers/identifierKeys.js';
import { type Column, type LiveIndex, type Postings, TF_MAX } from '../../../index/live.js';
import { parseMeasure } from '../../../taxonomy/parseMeasure.js';
import { type Unit, unitOf } from '../../../taxonomy/units.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';

/** A field whose values are measures, all counted in one unit. */
export interface NamedMeasure {
  readonly field: string;
  readonly unit: Unit;
  /** Share of its products whose title says the number: what people know a product of this kind by. */
  readonly spoken: number;
}

const SAMPLE = 32;
/** Of the values looked at, this share must bear the unit. */
const LEAST_AGREEING = 0.8;
const LEAST_CELLS = 5;
/** A field whose numbers titles hardly ever say is not what a bare `13 inch` means. */
const LEAST_SPOKEN = 0.1;

/** The measures that titles of this catalog name, the most spoken first. */
export function learnMeasures(index: LiveIndex, taxonomy: TaxonomyView | undefined): NamedMeasure[] {
  const found: NamedMeasure[] = [];
  for (const field of index.columns.names()) {
    const own = attributeName(field);
    if (own === undefined || isIdentifierField(own)) continue;
    const column = index.columns.field(field);
    if (column === undefined || column.codes.length < LEAST_CELLS) continue;
    const unit = unitOfColumn(column, own, taxonomy);
    if (unit === undefined) continue;
    const spoken = spokenShare(index, column);
    if (spoken >= LEAST_SPOKEN) found.push({ field, unit, spoken });
  }
  return found.sort((a, b) => b.spoken - a.spoken || (a.field < b.field ? -1 : 1));
}

/** The unit that its values bear; where they are bare numbers, the taxonomy's. */
function unitOfColumn(column: Column, name: string, taxonomy: TaxonomyView | undefined): Unit | undefined {
  const { codes, values, numbers } = column;
  const first = codes[0] ?? 0;
  if (Number.isNaN(numbers[first]) && Number.isNaN(numbers[codes[codes.length >>> 1] ?? 0])) return undefined;
  const attribute = taxonomy?.attribute(name);
  const governed = attribute?.type === 'number+unit' ? attribute.unit : undefined;
  const bears = (cell: number): boolean => /[^\d.,\s-]/u.test(values[codes[cell] ?? 0] ?? '');
  if (governed === undefined && !bears(0) && !bears(codes.length >>> 1)) return undefined;
  const counts = new Map<Unit | undefined, number>();
  const taken = Math.min(SAMPLE, codes.length);
  for (let i = 0; i < taken; i++) {
    const unit = parseMeasure(values[codes[Math.floor((i * codes.length) / taken)] ?? 0] ?? '')?.unit;
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  for (const [unit, count] of counts) if (unit !== undefined && count >= LEAST_AGREEING * taken) return unit;
  if ((counts.get(undefined) ?? 0) < LEAST_AGREEING * taken) return undefined;
  return governed === undefined ? undefined : unitOf(governed);
}

function spokenShare(index: LiveIndex, { codes, ordinals, numbers }: Column): number {
  const taken = Math.min(SAMPLE, codes.length);
  let spoken = 0;
  for (let i = 0; i < taken; i++) {
    const cell = Math.floor((i * codes.length) / taken);
    const postings = index.lexical.postings(String(numbers[codes[cell] ?? 0]));
    if (postings !== undefined && isInTitle(postings, ordinals[cell] ?? 0)) spoken++;
  }
  return spoken / taken;
}

function isInTitle({ ordinals, packed }: Postings, ordinal: number): boolean {
  let low = 0;
  let high = ordinals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordinals[middle] ?? 0) < ordinal) low = middle + 1;
    else high = middle;
  }
  return ordinals[low] === ordinal && ((packed[low] ?? 0) & TF_MAX) > 0;
}
