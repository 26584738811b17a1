import { UserError } from '../../domain/errors.js';
import { type AnalyzedWord, analyze, analyzeWords } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { type QueryWord, withOthers } from './queryWord.js';

/** A query for `from` also finds `to`. */
export interface SynonymRule {
  readonly from: string;
  readonly to: string;
}

interface Compiled {
  /** The term of each word of the left side. */
  readonly left: readonly string[];
  /** A product matches the right side if it has all of these. */
  readonly right: readonly string[];
  readonly rule: SynonymRule;
}

/** Rules by the first term of their left side. */
export type Synonyms = ReadonlyMap<string, readonly Compiled[]>;

export const NO_SYNONYMS: Synonyms = new Map();

/** Slightly less than the word itself. */
const WEIGHT = 0.9;
/** Longer names are descriptions rather than words. */
const MAX_WORDS = 4;
const HAS_LETTERS = /\p{L}{2}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Parses `tv, television` (synonyms in both directions) or `sneakers => trainers, running shoes` (right for
 * left).
 * @throws UserError for a line in neither format.
 */
export function readSynonyms(line: string): SynonymRule[] {
  const sides = line.split('=>').map((side) => side.split(',').map((words) => words.trim()));
  const [left = [], right, ...more] = sides;
  const empty = sides.some((side) => side.some((words) => analyze(words).length === 0));
  if (empty || more.length > 0 || (right === undefined && left.length < 2)) {
    throw new UserError(
      `found ${JSON.stringify(line)}, expected words such as 'tv, television' or 'sneakers => trainers, running shoes'`,
    );
  }
  return left.flatMap((from) => (right ?? left).filter((to) => to !== from).map((to) => ({ from, to })));
}

/**
 * Synonyms from the taxonomy: names and aliases of enum values, in both directions; for an alias of a
 * category, the category's name. Not the reverse, because an alias may be narrower (`rain ponchos` of
 * Rainwear).
 */
export function taxonomySynonyms({ taxonomy }: TaxonomyView): SynonymRule[] {
  const values = taxonomy.attributes.flatMap((attribute) =>
    attribute.type === 'enum' ? attribute.values : [],
  );
  const ofCategories = taxonomy.categories.flatMap(({ name, aliases }) =>
    aliases.map((from) => ({ from, to: name })),
  );
  const ofValues = values.flatMap(({ name, aliases }) => {
    const all = [name, ...aliases];
    return all.flatMap((from) => all.filter((to) => to !== from).map((to) => ({ from, to })));
  });
  return [...ofCategories, ...ofValues].filter(({ from, to }) => isWords(from) && isWords(to));
}

function isWords(name: string): boolean {
  return HAS_LETTERS.test(name) && name.trim().split(/\s+/).length <= MAX_WORDS;
}

/** Compiles rules, once per set of rules. Rules without effect (`chair` for `chairs`) are dropped. */
export function compileSynonyms(rules: readonly SynonymRule[]): Synonyms {
  const compiled = new Map<string, Compiled[]>();
  for (const rule of rules) {
    const left = analyzeWords(rule.from).map(firstTerm);
    const right = analyzeWords(rule.to).flatMap(({ alternatives, parts }) =>
      parts.length > 0 ? parts : alternatives,
    );
    const [first] = left;
    // A product with `brick red` has `red` anyway.
    if (first === undefined || right.length === 0 || left.every((term) => right.includes(term))) continue;
    const compiledRules = compiled.get(first) ?? [];
    if (
      compiledRules.some(
        (other) => other.left.join(' ') === left.join(' ') && other.right.join(' ') === right.join(' '),
      )
    )
      continue;
    compiledRules.push({ left, right, rule });
    compiled.set(first, compiledRules);
  }
  return compiled;
}

/** The rules of both, those of `first` first. */
export function joinSynonyms(first: Synonyms, second: Synonyms): Synonyms {
  const joined = new Map(first);
  for (const [term, rules] of second) joined.set(term, [...(first.get(term) ?? []), ...rules]);
  return joined;
}

/**
 * Adds synonyms as other forms of the words, if some product has them; `applied` lists the rules used (`sofa
 * → couch`).
 */
export function addSynonyms(
  index: LiveIndex,
  words: readonly QueryWord[],
  synonyms: Synonyms,
): { words: readonly QueryWord[]; applied: readonly string[] } {
  const expanded = [...words];
  const applied = new Set<string>();
  for (const place of words.keys()) {
    for (const { left, right, rule } of synonyms.get(termAt(words, place)) ?? []) {
      if (left.some((term, i) => termAt(words, place + i) !== term)) continue;
      if (right.some((term) => (index.lexical.postings(term)?.documents ?? 0) === 0)) continue;
      applied.add(`${rule.from} → ${rule.to}`);
      for (let i = place; i < place + left.length; i++) {
        const word = expanded[i];
        if (word !== undefined) expanded[i] = withOthers(word, [{ terms: right, weight: WEIGHT }]);
      }
    }
  }
  return { words: expanded, applied: [...applied] };
}

function termAt(words: readonly QueryWord[], place: number): string {
  const word = words[place];
  return word === undefined ? '' : firstTerm(word);
}

function firstTerm({ alternatives, parts }: AnalyzedWord): string {
  return alternatives[0] ?? parts[0] ?? '';
}
