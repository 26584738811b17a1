import type { SpanEvidence } from '../../domain/fact.js';
import { RecentCache } from '../../structures/recentCache.js';
import type { Attribute } from '../../taxonomy/schema.js';
import { type AttributeKind, attributeKind } from '../context/attributeKind.js';
import { type ContextField, type Doubt, doubtPrior, type TextContexts } from '../context/textContexts.js';
import { type Word, words } from '../features/words.js';

/** A value of an attribute found in a product's text. */
export interface LookupHit {
  readonly attribute: string;
  readonly value: string | boolean;
  readonly evidence: SpanEvidence;
  /** Descriptions of the match, narrowest first, for `SmoothedPrecision`. */
  readonly situations: readonly string[];
  /** How likely it is right where nothing was learned about its situations. */
  readonly prior: number;
  /** Why it may not be the product's value. */
  readonly doubt: Doubt | undefined;
}

interface Entry {
  readonly attribute: string;
  readonly value: string | boolean;
}

interface Node {
  readonly next: Map<string, Node>;
  entries: Entry[];
}

/** Longer texts are cut: descriptions can be whole manuals. */
const MAX_CHARACTERS = 2_000;
/** Prior precision: a listed value in the text is mostly right. */
const LOOKUP_PRIOR = 0.8;

/**
 * Finds values and aliases of enums, and the words for yes and no of booleans, in a product's text, by a trie over stemmed
 * words: whole words, folded, without plural and possessive endings, longest match first.
 */
export class Lookup {
  readonly #root: Node = { next: new Map(), entries: [] };
  readonly #kinds = new Map<string, AttributeKind>();
  /** The steps of a proposal look up the same texts for different attributes. */
  readonly #recent = new RecentCache<readonly Phrase[]>(4);

  constructor(attributes: Iterable<Attribute>) {
    for (const attribute of attributes) {
      this.#kinds.set(attribute.id, attributeKind(attribute));
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

  /**
   * Matches of the `wanted` attributes in the text of one field, in text order. `contexts` leave out what the text denies
   * or imitates; a boolean that is denied is a match of `false`. A match inside a longer one of another of the `carried`
   * attributes, which hold the wanted ones, is in doubt: `white` of the light `warm white` is hardly the lamp's colour.
   */
  find(
    field: ContextField,
    text: string,
    wanted: ReadonlySet<string>,
    contexts: TextContexts | undefined = undefined,
    carried: ReadonlySet<string> = wanted,
  ): LookupHit[] {
    const all = this.#matches(text, carried);
    const matches = all.flatMap((match): Judged[] => {
      if (!wanted.has(match.attribute)) return [];
      const kind = this.#kinds.get(match.attribute) ?? 'other';
      const doubt =
        contexts?.doubt(field, match.start, match.end, kind) ??
        (isPartOfOther(match, all) ? 'part' : undefined);
      if (doubt !== 'no') return [{ ...match, doubt, kind }];
      const denial = match.value === true ? contexts?.denial(field, match.start, match.end) : undefined;
      return denial === undefined ? [] : [{ ...match, ...denial, value: false, doubt: undefined, kind }];
    });
    return toHits(field, text, matches);
  }

  /** The values that the text of one field denies or imitates. */
  denied(
    field: ContextField,
    text: string,
    wanted: ReadonlySet<string>,
    contexts: TextContexts,
  ): { attribute: string; value: string | boolean }[] {
    if (contexts.of(field).scopes.length === 0) return [];
    return this.#matches(text, wanted).filter(
      ({ attribute, start, end }) =>
        contexts.doubt(field, start, end, this.#kinds.get(attribute) ?? 'other') === 'no',
    );
  }

  #matches(text: string, wanted: ReadonlySet<string>): Match[] {
    const matches: Match[] = [];
    for (const { entries, start, end } of this.#recent.get(text, (read) => this.#phrases(read))) {
      for (const entry of entries) if (wanted.has(entry.attribute)) matches.push({ ...entry, start, end });
    }
    return longest(matches);
  }

  /** Where values of any attribute stand in a text. */
  #phrases(text: string): readonly Phrase[] {
    const read = words(text.length > MAX_CHARACTERS ? text.slice(0, MAX_CHARACTERS) : text);
    const found: Phrase[] = [];
    for (let from = 0; from < read.length; from++) this.#match(text, read, from, found);
    return found;
  }

  #match(text: string, read: readonly Word[], from: number, found: Phrase[]): void {
    let node = this.#root;
    const start = read[from]?.start ?? 0;
    for (let to = from; to < read.length; to++) {
      const word = read[to];
      if (word === undefined || (to > from && !word.joined)) return;
      const next = node.next.get(word.stem);
      if (next === undefined) return;
      node = next;
      if (node.entries.length === 0 || isPartOfCode(text, start, word.end)) continue;
      found.push({ entries: node.entries, start, end: word.end });
    }
  }
}

interface Phrase {
  readonly entries: readonly Entry[];
  readonly start: number;
  readonly end: number;
}

/** Whether a letter or digit adjoins the match: the `L` of `W32 L32` is not a size. */
function isPartOfCode(text: string, start: number, end: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(start - 1)) || /[\p{L}\p{N}]/u.test(text.charAt(end));
}

interface Match extends Entry {
  readonly start: number;
  readonly end: number;
}

interface Judged extends Match {
  readonly doubt: Doubt | undefined;
  readonly kind: AttributeKind;
}

function isPartOfOther({ attribute, start, end }: Match, matches: readonly Match[]): boolean {
  return matches.some(
    (other) =>
      other.attribute !== attribute &&
      other.start <= start &&
      other.end >= end &&
      other.end - other.start > end - start,
  );
}

/** Of each attribute's overlapping matches the longest; the first on ties. */
function longest(matches: readonly Match[]): Match[] {
  const chosen: Match[] = [];
  for (const match of [...matches].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    const isCovered = chosen.some(
      (other) => other.attribute === match.attribute && other.start < match.end && match.start < other.end,
    );
    if (!isCovered) chosen.push(match);
  }
  return chosen.sort((a, b) => a.start - b.start || a.end - b.end || (a.attribute < b.attribute ? -1 : 1));
}

/** Adds the situations. Whether a value is the attribute's first, last or a middle one matters: "Red Bag With Blue Strap". */
function toHits(field: ContextField, text: string, matches: readonly Judged[]): LookupHit[] {
  const counts = new Map<string, number>();
  for (const { attribute } of matches) counts.set(attribute, (counts.get(attribute) ?? 0) + 1);
  const seen = new Map<string, number>();
  return matches.map(({ attribute, value, start, end, doubt, kind }) => {
    const index = seen.get(attribute) ?? 0;
    seen.set(attribute, index + 1);
    const count = counts.get(attribute) ?? 1;
    const position = count === 1 ? 'only' : index === 0 ? 'first' : index === count - 1 ? 'last' : 'between';
    const within = field === 'title' ? 'title' : 'text';
    const hit = { attribute, value, evidence: { field, start, end, quote: text.slice(start, end) }, doubt };
    if (doubt !== undefined) {
      return {
        ...hit,
        situations: [`${attribute}|${doubt}|${String(value)}`, `${attribute}|${doubt}`],
        prior: doubtPrior(doubt, kind),
      };
    }
    return {
      ...hit,
      situations: [
        `${attribute}|${within}|${position}|${String(value)}`,
        `${attribute}|${within}|${position}`,
        `${attribute}|${within}`,
        within,
      ],
      prior: LOOKUP_PRIOR,
    };
  });
}
