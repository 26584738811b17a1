import { fold } from '../../text/fold.js';
import { nounOf } from './englishNoun.js';
import { type Composed, Draft, type Grammar, type Known } from './grammar.js';

/** Maximum clauses of the first and of the second sentence; more would read as a list. */
const MAX_FIRST = 3;
const MAX_SECOND = 4;
/** Longer values are left out. */
const LONGEST = 40;

const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['women', 'women'],
  ['womens', 'women'],
  ['woman', 'women'],
  ['female', 'women'],
  ['ladies', 'women'],
  ['men', 'men'],
  ['mens', 'men'],
  ['man', 'men'],
  ['male', 'men'],
  ['unisex', 'women and men'],
  ['girls', 'girls'],
  ['boys', 'boys'],
  ['kids', 'children'],
  ['children', 'children'],
  ['babies', 'babies'],
  ['adults', 'adults'],
]);

type Number = 'singular' | 'plural';
/** A clause with its verb; undefined if the value does not fit. */
type Saying = (value: string, number: Number) => string | undefined;

const verb =
  (singular: string, plural: string, after = ''): Saying =>
  (value, number) =>
    `${number === 'singular' ? singular : plural} ${value}${after}`;

/** Clauses by attribute name, in the order in which they appear. */
const SAYINGS: readonly (readonly [names: readonly string[], saying: Saying])[] = [
  [
    ['color', 'colour', 'base colour', 'base color', 'main colour', 'main color'],
    verb('comes in', 'come in'),
  ],
  [['material', 'fabric', 'outer material', 'upper material'], verb('is made of', 'are made of')],
  [
    ['gender', 'target gender', 'age group', 'audience'],
    (value, number) => {
      const people = PEOPLE.get(fold(value));
      return people === undefined ? undefined : `${number === 'singular' ? 'is' : 'are'} for ${people}`;
    },
  ],
  [
    ['pattern'],
    (value, number) =>
      /^[aeiou]/iu.test(value)
        ? `${number === 'singular' ? 'has' : 'have'} an ${value} pattern`
        : `${number === 'singular' ? 'has' : 'have'} a ${value} pattern`,
  ],
  [['weight', 'item weight', 'net weight'], verb('weighs', 'weigh')],
];

/**
 * Example: "This kettle by Aldis comes in black and is made of steel. Its capacity is 1.7 l and its power is
 * 2200 W, and
 * it is marked cordless."
 */
export const english: Grammar = {
  compose({ category, title, brand, attributes }): Composed | undefined {
    const sayable = attributes.filter(({ value }) => isSayable(value));
    const { noun, plural } = nounOf(String(category.value), title);
    const number: Number = plural ? 'plural' : 'singular';
    const said = SAYINGS.flatMap(([names, saying]) => {
      const known = sayable.find((one) => names.includes(fold(one.name)) && typeof one.value !== 'boolean');
      const words = known === undefined ? undefined : saying(lower(inWords(known.value)), number);
      return known === undefined || words === undefined ? [] : [{ field: known.field, words }];
    }).slice(0, MAX_FIRST);
    const rest = sayable.filter(({ field }) => !said.some((one) => one.field === field));
    const draft = new Draft();
    draft.add(plural ? 'These ' : 'This ').claim(category.field, noun);
    if (said.length > 0) {
      if (brand !== undefined) draft.add(' ').claim(brand.field, `by ${String(brand.value)}`);
      draft.add(' ').claimAll(said, 'and');
    } else if (brand !== undefined) {
      draft.add(plural ? ' are ' : ' is ').claim(brand.field, `by ${String(brand.value)}`);
    } else return undefined;
    draft.add('.');
    addSecond(draft, rest, number);
    return draft;
  },
};

function addSecond(draft: Draft, rest: readonly Known[], number: Number): void {
  const its = number === 'singular' ? 'its' : 'their';
  const valued = rest.filter(({ value }) => typeof value !== 'boolean').slice(0, MAX_SECOND);
  const marked = rest.filter(({ value }) => value === true).slice(0, MAX_SECOND);
  if (valued.length === 0 && marked.length === 0) return;
  const start = draft.text.length + 1;
  draft.add(' ').claimAll(
    valued.map(({ field, name, value }) => ({
      field,
      words: `${its} ${lower(name)} ${isMany(name) ? 'are' : 'is'} ${inWords(value)}`,
    })),
    'and',
  );
  if (marked.length > 0) {
    if (valued.length > 0) draft.add(', and ');
    draft.add(number === 'singular' ? 'it is marked ' : 'they are marked ').claimAll(
      marked.map(({ field, name }) => ({ field, words: lower(name) })),
      'and',
    );
  }
  draft.text = `${draft.text.slice(0, start)}${draft.text.charAt(start).toUpperCase()}${draft.text.slice(start + 1)}.`;
}

/** Whether the name is a plural: "sheets" is, "number of pieces" is not. */
function isMany(name: string): boolean {
  return /[^su]s$/iu.test(name.split(/ (?:of|in|per) /u)[0] ?? name);
}

function isSayable(value: Known['value']): boolean {
  if (typeof value === 'boolean') return value;
  const words = inWords(value);
  return words !== '' && words.length <= LONGEST && !/[\n\r<>]|:\/\//u.test(words);
}

function inWords(value: Known['value']): string {
  const all = (Array.isArray(value) ? value : [value]).map((one) => String(one).trim());
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}

/** Lower-cases plain capitalised words; units, codes and brands stay as they are. */
function lower(words: string): string {
  return words.replace(/(?<![\p{L}\p{N}-])\p{Lu}\p{Ll}+(?![\p{L}\p{N}-])/gu, (word) => word.toLowerCase());
}
