import { type Meaning, NounHierarchy } from './nounHierarchy.js';

/** What a query asks for, compared with what the catalog's categories hold. */
export interface Concept {
  /** Its name: all words of the query, or the last ones: `lamp` of `paint lamp`. */
  readonly name: string;
  /** Whether the name is the whole query, up to a word such as `for`. */
  readonly isWhole: boolean;
  readonly words: number;
  /** Whether a category holds such things: the same, something that it is a kind of, or kinds of it. */
  readonly isHeld: boolean;
  /** The meanings by which it is held, the most usual first, or nothing. */
  readonly meanings: readonly Meaning[];
}

/** Usual meanings of a category's name and of a query; further ones are rare. */
const MEANINGS = { category: 2, query: 3 };
/** A broader meaning than this (`tool`, `beverage`) says too little about what is a kind of it. */
const MIN_SPECIFICITY = 0.66;
/** The same for the last words of a category's name: `Office Chairs` holds few of the things that are chairs. */
const MIN_END_SPECIFICITY = 0.7;
/** A broader query than this (`device`) is no query for what is a kind of it. */
const MIN_QUERY_SPECIFICITY = 0.4;
/** Names of places: an `Office` category holds no offices. */
const PLACES = ['building', 'room', 'dwelling', 'establishment'];
/** Steps from a query up to a category, and from a category up to a query. */
const MAX_STEPS = { up: 4, down: 2 };
/** What follows these words says what a thing is for or from, not what it is. */
const RELATION = /\s(?:for|of|with|to|from|in|on|without|by|at)\s.*$/u;

/** The things that a catalog's categories hold, as meanings of nouns. */
export class CatalogConcepts {
  readonly #held = new Set<Meaning>();
  /** Fewest steps from a held meaning up to this one. */
  readonly #stepsBelow = new Map<Meaning, number>();

  constructor(
    readonly nouns: NounHierarchy,
    /** Names of categories, with their aliases. */
    readonly names: readonly string[],
  ) {
    const places = PLACES.flatMap((name) => nouns.meaningsOf(name)?.slice(0, 1) ?? []);
    for (const name of names) {
      const named = this.#nameIn(name);
      for (const meaning of named?.meanings.slice(0, MEANINGS.category) ?? []) {
        const upwards = nouns.upwards(meaning);
        const isNarrow = named?.isWhole === true || nouns.specificity(meaning) >= MIN_END_SPECIFICITY;
        if (isNarrow && nouns.isThing(meaning) && !places.some((place) => upwards.has(place)))
          this.#held.add(meaning);
      }
    }
    for (const meaning of this.#held)
      for (const [above, steps] of nouns.upwards(meaning))
        this.#stepsBelow.set(above, Math.min(steps, this.#stepsBelow.get(above) ?? steps));
  }

  /** What the text asks for; undefined if no name is known that it ends with. */
  conceptOf(text: string): Concept | undefined {
    const named = this.#nameIn(text);
    if (named === undefined) return undefined;
    const meanings = named.meanings.slice(0, MEANINGS.query).filter((meaning) => this.#isHeld(meaning));
    return { ...named, isHeld: meanings.length > 0, meanings };
  }

  /** Whether a category holds what is named so. */
  holds(text: string): boolean {
    const concept = this.conceptOf(text);
    return concept?.isWhole === true && concept.isHeld;
  }

  /** Names of these meanings, of what they are kinds of, and of kinds of them, as far as categories hold those. */
  around(meanings: readonly Meaning[]): Record<'same' | 'broader' | 'narrower', readonly string[]> {
    const above = meanings
      .flatMap((meaning) => [...this.nouns.upwards(meaning)])
      .filter(([one, steps]) => steps > 0 && steps <= MAX_STEPS.up && this.#holdsBelow(one))
      .sort(([, a], [, b]) => a - b)
      .map(([one]) => one);
    const below = [...this.#held].filter((held) => {
      const upwards = this.nouns.upwards(held);
      return meanings.some(
        (meaning) => meaning !== held && (upwards.get(meaning) ?? Infinity) <= MAX_STEPS.down,
      );
    });
    const namesOf = (of: readonly Meaning[]): readonly string[] =>
      of.flatMap((one) => this.nouns.namesOf(one));
    return { same: namesOf(meanings), broader: namesOf(above), narrower: namesOf(below) };
  }

  #isHeld(meaning: Meaning): boolean {
    if (!this.nouns.isThing(meaning)) return false;
    const below = this.#stepsBelow.get(meaning);
    if (
      below !== undefined &&
      below <= MAX_STEPS.down &&
      this.nouns.specificity(meaning) >= MIN_QUERY_SPECIFICITY
    )
      return true;
    for (const [above, steps] of this.nouns.upwards(meaning))
      if (steps <= MAX_STEPS.up && this.#holdsBelow(above)) return true;
    return false;
  }

  #holdsBelow(meaning: Meaning): boolean {
    return this.#held.has(meaning) && this.nouns.specificity(meaning) >= MIN_SPECIFICITY;
  }

  /** The longest known name that the text ends with. */
  #nameIn(text: string): Omit<Concept, 'isHeld'> | undefined {
    const words = NounHierarchy.keyOf(text.replace(/['’]s\b/gu, '').replace(RELATION, '')).split(' ');
    for (let from = 0; from < words.length; from++) {
      const name = words.slice(from).join(' ');
      const meanings = this.nouns.meaningsOf(name);
      if (meanings !== undefined) return { name, isWhole: from === 0, words: words.length - from, meanings };
    }
    return undefined;
  }
}
