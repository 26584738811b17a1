import { fold } from '../../text/fold.js';
import { stemsOf } from './readSpans.js';

/** What the labelled rows showed about some words as the value of an attribute. */
export interface KnownValue {
  /** Rows whose value they were, and rows that were asked for the attribute and have them in their text. */
  right: number;
  seen: number;
  /** The values that they stood for, as the shop writes them, with their rows. */
  readonly names: Map<string, number>;
}

/** The values of a shop's attributes as they stand in its texts, by stems. */
export class Gazetteer {
  /** By attribute, then by stems. */
  readonly known: Map<string, Map<string, KnownValue>>;
  /** By stems: the attributes that they are a value of, the commonest first. */
  readonly #owners = new Map<string, { attribute: string; right: number }[]>();

  constructor(known: Map<string, Map<string, KnownValue>> = new Map()) {
    this.known = known;
  }

  /** What a saved one knew. */
  static from(known: Map<string, Map<string, KnownValue>>): Gazetteer {
    const gazetteer = new Gazetteer(known);
    gazetteer.settle();
    return gazetteer;
  }

  /** One row's words for a value. */
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

  /** Settles which attribute owns which words; due once all has been added. */
  settle(): void {
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

  /** The attributes that have these words for a value, the commonest first. */
  owners(stems: string): readonly { readonly attribute: string; readonly right: number }[] {
    return this.#owners.get(stems) ?? NONE;
  }

  get(attribute: string, stems: string): KnownValue | undefined {
    return this.known.get(attribute)?.get(stems);
  }

  /** The shop's own way of writing a value that stands in a text; undefined where it was never seen. */
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
