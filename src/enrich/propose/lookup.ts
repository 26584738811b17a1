import type { SpanEvidence } from '../../domain/fact.js';
import type { Attribute } from '../../taxonomy/schema.js';
import { type Word, words } from './inflect.js';

/** A value of an attribute that stands in a product's text. */
export interface LookupHit {
  readonly attribute: string;
  readonly value: string | boolean;
  readonly evidence: SpanEvidence;
  /** What is known about such a find, narrowest first, for `Precisions`. */
  readonly situations: readonly string[];
}

interface Entry {
  readonly attribute: string;
  readonly value: string | boolean;
}

interface Node {
  readonly next: Map<string, Node>;
  entries: Entry[];
}

/** Text beyond this is not read: descriptions can be whole manuals. */
const MAX_CHARACTERS = 2_000;
/** Where nothing has been learned: a value of a closed list in the text is mostly right. */
export const LOOKUP_PRIOR = 0.8;

/**
 * Finds values and aliases of closed lists, and the yes and no words of booleans, in a product's text:
 * whole words, folded, plural and possessive endings ignored, the longest of overlapping matches.
 */
export class Lookup {
  readonly #root: Node = { next: new Map(), entries: [] };

  constructor(attributes: Iterable<Attribute>) {
    for (const attribute of attributes) {
      if (attribute.type === 'enum') {
        for (const { name, aliases } of attribute.values) {
          for (const phrase of [name, ...aliases])
            this.#add(phrase, { attribute: attribute.id, value: name });
        }
      } else if (attribute.type === 'boolean') {
        for (const phrase of attribute.true) this.#add(phrase, { attribute: attribute.id, value: true });
        for (const phrase of attribute.false) this.#add(phrase, { attribute: attribute.id, value: false });
      }
    }
  }

  #add(phrase: string, entry: Entry): void {
    const read = words(phrase);
    if (read.length === 0) return;
    let node = this.#root;
    for (const { stem } of read) {
      let next = node.next.get(stem);
      if (next === undefined) {
        next = { next: new Map(), entries: [] };
        node.next.set(stem, next);
      }
      node = next;
    }
    const known = node.entries.some(
      ({ attribute, value }) => attribute === entry.attribute && value === entry.value,
    );
    if (!known) node.entries.push(entry);
  }

  /** Hits of the `wanted` attributes in one field's text, in the order of the text. */
  find(field: string, text: string, wanted: ReadonlySet<string>): LookupHit[] {
    const read = words(text.length > MAX_CHARACTERS ? text.slice(0, MAX_CHARACTERS) : text);
    const matches: Match[] = [];
    for (let from = 0; from < read.length; from++) this.#match(text, read, from, wanted, matches);
    return describe(field, text, longest(matches));
  }

  #match(
    text: string,
    read: readonly Word[],
    from: number,
    wanted: ReadonlySet<string>,
    matches: Match[],
  ): void {
    let node = this.#root;
    const start = read[from]?.start ?? 0;
    for (let to = from; to < read.length; to++) {
      const word = read[to];
      if (word === undefined || (to > from && !word.joined)) return;
      const next = node.next.get(word.stem);
      if (next === undefined) return;
      node = next;
      if (isPartOfCode(text, start, word.end)) continue;
      for (const entry of node.entries) {
        if (wanted.has(entry.attribute)) matches.push({ ...entry, start, end: word.end });
      }
    }
  }
}

/** The `L` of `W32 L32` is no size: a match is not part of a run of letters and digits. */
function isPartOfCode(text: string, start: number, end: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(start - 1)) || /[\p{L}\p{N}]/u.test(text.charAt(end));
}

interface Match extends Entry {
  readonly start: number;
  readonly end: number;
}

/** Of an attribute's overlapping matches only the longest, and of equally long ones the first. */
function longest(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of [...matches].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    const covered = kept.some(
      (other) => other.attribute === match.attribute && other.start < match.end && match.start < other.end,
    );
    if (!covered) kept.push(match);
  }
  return kept.sort((a, b) => a.start - b.start || a.end - b.end || (a.attribute < b.attribute ? -1 : 1));
}

/** Which of the attribute's values it is, first, last or between, says much: "Red Bag With Blue Strap". */
function describe(field: string, text: string, matches: readonly Match[]): LookupHit[] {
  const counts = new Map<string, number>();
  for (const { attribute } of matches) counts.set(attribute, (counts.get(attribute) ?? 0) + 1);
  const places = new Map<string, number>();
  return matches.map(({ attribute, value, start, end }) => {
    const place = places.get(attribute) ?? 0;
    places.set(attribute, place + 1);
    const count = counts.get(attribute) ?? 1;
    const where = count === 1 ? 'only' : place === 0 ? 'first' : place === count - 1 ? 'last' : 'between';
    const within = field === 'title' ? 'title' : 'text';
    return {
      attribute,
      value,
      evidence: { field, start, end, quote: text.slice(start, end) },
      situations: [
        `${attribute}|${within}|${where}|${String(value)}`,
        `${attribute}|${within}|${where}`,
        `${attribute}|${within}`,
        within,
      ],
    };
  });
}
