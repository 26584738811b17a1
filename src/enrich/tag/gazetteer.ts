import { fold } from '../../text/fold.js';
import { stemsOf } from './readSpans.js';

/** Counts from the training rows of some words as a value of an attribute. */
export interface KnownValue {
  /** Rows whose value the words were, and rows labelled with the attribute whose text contains the words. */
  right: number;
  seen: number;
  /** The values, as the shop writes them, with the number of rows of each. */
  readonly names: Map<string, number>;
}

/** The known values of a shop's attributes, by the stems of the words that state them in its texts. */
export class Gazetteer {
  /** By attribute, then by stems. */
  readonly known: Map<string, Map<string, KnownValue>>;
  /** By stems: the attributes with such a value, most frequent first. */
  readonly #owners = new Map<string, { attribute: string; right: number }[]>();

  constructor(known: Map<string, Map<string, KnownValue>> = new Map()) {
    this.known = known;
  }

  /** The inverse of `known`. */
  static from(known: Map<string, Map<string, KnownValue>>): Gazetteer {
    const gazetteer = new Gazetteer(known);
    gazetteer.buildOwners();
    return gazetteer;
  }

  /** Adds the words that state a value in one row. */
  add(attribute: string, stems: string, value: string): void {
    let values = this.known.get(attribute);
    if (values === undefined) {
      values = new Map();
      this.known.set(attribute, values);
    }
    let entry = values.get(stems);
    if (entry === undefined) {
      entry = { right: 0, seen: 0, names: new Map() };
      values.set(stems, entry);
    }
    entry.right++;
    entry.names.set(value, (entry.names.get(value) ?? 0) + 1);
  }

  /** Prepares `owners`; call it after the last `add`. */
  buildOwners(): void {
    this.#owners.clear();
    for (const [attribute, values] of this.known) {
      for (const [stems, { right }] of values) {
        const owners = this.#owners.get(stems) ?? [];
        this.#owners.set(stems, owners);
        owners.push({ attribute, right });
      }
    }
    for (const owners of this.#owners.values())
      owners.sort((a, b) => b.right - a.right || (a.attribute < b.attribute ? -1 : 1));
  }

  /** The attributes that have these words as a value, most frequent first. */
  owners(stems: string): readonly { readonly attribute: string; readonly right: number }[] {
    return this.#owners.get(stems) ?? NONE;
  }

  get(attribute: string, stems: string): KnownValue | undefined {
    return this.known.get(attribute)?.get(stems);
  }

  /** The shop's usual way of writing a quoted value; undefined if the value was never seen. */
  nameOf(attribute: string, quote: string): string | undefined {
    const names = this.get(attribute, stemsOf(quote))?.names;
    if (names === undefined) return undefined;
    const folded = fold(quote);
    let best: string | undefined;
    let max = 0;
    for (const [name, rows] of names) {
      const weight = fold(name) === folded ? rows + 1e6 : rows;
      if (weight > max || (weight === max && best !== undefined && name < best)) {
        best = name;
        max = weight;
      }
    }
    return best;
  }
}

const NONE: readonly { attribute: string; right: number }[] = [];
