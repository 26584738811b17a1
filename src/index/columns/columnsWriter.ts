import type { Product } from '../../domain/product.js';
import type { SectionWriter } from '../files/sectionWriter.js';
import { forEachCell } from './columnCells.js';
import { ColumnEvidence, numberIn } from './columnType.js';
import { mostFrequent } from './mostFrequent.js';
import { readCell } from './readCell.js';
import type { Reading } from './readValue.js';
import type { ValueRules } from './valueRules.js';
import { appendSupports, ValueSupport } from './valueSupport.js';

interface ColumnDraft {
  readonly ordinals: number[];
  /** Of each cell. */
  readonly spellings: number[];
  /** Spelling by value as given; undefined for values that cannot be seen. */
  readonly spellingOfValue: Map<string | number | boolean, number | undefined>;
  readonly spellingOfText: Map<string, number>;
  /** Value code of each spelling. */
  readonly codes: number[];
  readonly codeOfKey: Map<string, number>;
  /** Of each spelling: the same value has a unit of its own in `1000 g` and `1 kg`. */
  readonly readings: Reading[];
  /** Cells of each spelling. */
  readonly counts: number[];
  /** The spellings of each value. */
  readonly variants: number[][];
  readonly evidence: ColumnEvidence;
}

/**
 * Collects products in ordinal order and writes `columns.bin`: `names`, sorted; `cellOffsets` into `ordinals` and
 * `spellings`; `spellingOffsets` into `texts` and `codes`; `valueOffsets` into `numbers`; `evidence` (see
 * ColumnEvidence); `supportOffsets` into `supportOrdinals` and `supportPercents` (see ValueSupport); `rules`, one text (see
 * ValueRules). Its size is proportional to the cells present, not to fields
 * times products.
 */
export class ColumnsWriter {
  readonly #rules: ValueRules;
  readonly #drafts = new Map<string, ColumnDraft>();
  readonly #supports = new Map<string, ValueSupport>();
  #products = 0;

  constructor(rules: ValueRules) {
    this.#rules = rules;
  }

  add(product: Product): void {
    const ordinal = this.#products++;
    appendSupports(this.#supports, ordinal, product, this.#rules);
    forEachCell(product, this.#rules, (field, value) => {
      const draft = this.#draft(field);
      const spelling = this.#spellingOf(draft, field, value);
      if (spelling === undefined || hasCell(draft, ordinal, draft.codes[spelling] ?? 0)) return;
      draft.ordinals.push(ordinal);
      draft.spellings.push(spelling);
      draft.counts[spelling] = (draft.counts[spelling] ?? 0) + 1;
      draft.evidence.add(draft.readings[spelling] ?? {}, 1);
    });
  }

  write(to: SectionWriter): void {
    const drafts = [...this.#drafts]
      .filter(([, draft]) => draft.ordinals.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const columns = drafts.map(([, draft]) => draft);
    to.strings(
      'names',
      drafts.map(([name]) => name),
    );
    to.array('cellOffsets', cumulativeSums(columns.map(({ ordinals }) => ordinals.length)));
    to.array('ordinals', concatenate(columns.map(({ ordinals }) => ordinals)));
    to.array('spellings', concatenate(columns.map(({ spellings }) => spellings)));
    to.array('spellingOffsets', cumulativeSums(columns.map(({ codes }) => codes.length)));
    to.strings(
      'texts',
      columns.flatMap(({ spellingOfText }) => [...spellingOfText.keys()]),
    );
    to.array('codes', concatenate(columns.map(({ codes }) => codes)));
    to.array('valueOffsets', cumulativeSums(columns.map(({ variants }) => variants.length)));
    to.array('numbers', Float64Array.from(columns.flatMap(numbersOf)));
    to.strings(
      'evidence',
      columns.map(({ evidence }) => evidence.toJson()),
    );
    const supports = drafts.map(([name]) => this.#supports.get(name) ?? ValueSupport.FULL);
    to.array('supportOffsets', cumulativeSums(supports.map(({ ordinals }) => ordinals.length)));
    to.array('supportOrdinals', concatenate(supports.map(({ ordinals }) => ordinals)));
    to.array('supportPercents', Buffer.concat(supports.map(({ percents }) => percents)));
    to.strings('rules', [this.#rules.toJson()]);
  }

  #draft(field: string): ColumnDraft {
    const known = this.#drafts.get(field);
    if (known !== undefined) return known;
    const draft: ColumnDraft = {
      ordinals: [],
      spellings: [],
      spellingOfValue: new Map(),
      spellingOfText: new Map(),
      codes: [],
      codeOfKey: new Map(),
      readings: [],
      counts: [],
      variants: [],
      evidence: new ColumnEvidence(this.#rules.unitOf(field)),
    };
    this.#drafts.set(field, draft);
    return draft;
  }

  #spellingOf(draft: ColumnDraft, field: string, value: string | number | boolean): number | undefined {
    const known = draft.spellingOfValue.get(value);
    if (known !== undefined) return known;
    const cell = readCell(field, value, this.#rules);
    if (cell === undefined) return undefined;
    let spelling = draft.spellingOfText.get(cell.text);
    if (spelling === undefined) {
      let code = draft.codeOfKey.get(cell.key);
      spelling = draft.codes.length;
      if (code === undefined) {
        code = draft.variants.length;
        draft.codeOfKey.set(cell.key, code);
        draft.variants.push([]);
      }
      draft.variants[code]?.push(spelling);
      draft.counts.push(0);
      draft.spellingOfText.set(cell.text, spelling);
      draft.codes.push(code);
      draft.readings.push(cell.reading);
    }
    draft.spellingOfValue.set(value, spelling);
    return spelling;
  }
}

/** The numbers of a column's values, in their most frequent spelling. */
function numbersOf({ variants, spellingOfText, counts, readings, evidence }: ColumnDraft): number[] {
  const type = evidence.type();
  const texts = [...spellingOfText.keys()];
  return variants.map((spellings) => numberIn(type, readings[mostFrequent(spellings, texts, counts)] ?? {}));
}

function hasCell(draft: ColumnDraft, ordinal: number, code: number): boolean {
  for (let i = draft.ordinals.length - 1; i >= 0 && draft.ordinals[i] === ordinal; i--) {
    if (draft.codes[draft.spellings[i] ?? 0] === code) return true;
  }
  return false;
}

/** 0 and the cumulative sums. */
function cumulativeSums(lengths: readonly number[]): Uint32Array {
  const sums = new Uint32Array(lengths.length + 1);
  let total = 0;
  for (const [i, length] of lengths.entries()) {
    total += length;
    sums[i + 1] = total;
  }
  return sums;
}

function concatenate(lists: readonly ArrayLike<number>[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((total, list) => total + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
