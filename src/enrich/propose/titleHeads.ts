import type { Category } from '../../taxonomy/schema.js';
import { words } from '../features/words.js';

/** What a title says that a product is. */
export interface TitleHead {
  /** The words of the first phrase, without the brand and without what is denied. At least one is no `isTail`. */
  readonly phrase: readonly PhraseWord[];
  /** Stems of the words for what the product is for. */
  readonly purpose: readonly string[];
  /** Where the phrase begins in the title, and where its head ends. */
  readonly start: number;
  readonly end: number;
}

export interface PhraseWord {
  readonly stem: string;
  /** No noun that could be a head: a number, a unit, a colour, a size, whom it is for. */
  readonly isTail: boolean;
  /** Perhaps an adjective: `stitched`, `dimmable`, `chew-resistant`. */
  readonly isAdjective: boolean;
  /** Ids of the attributes that it is a value of, or part of one. */
  readonly values: readonly string[];
}

/** The stem of the head of a phrase: its last word that is no tail. */
export function headOf({ phrase }: TitleHead): string {
  return phrase.findLast(({ isTail }) => !isTail)?.stem ?? '';
}

/** What a shop's titles show about head nouns. */
export interface TitleHeads {
  /** By stem: the rows of each category, by id, whose head it is. */
  readonly heads: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Stems that stand behind head nouns. */
  readonly trailing: ReadonlySet<string>;
  /** By situation (see `headSituation`): what the score of a category is multiplied by. */
  readonly factors: ReadonlyMap<string, number>;
}

export const NO_HEADS: TitleHeads = { heads: new Map(), trailing: new Set(), factors: new Map() };

/** Nouns that are mostly accessories or parts of something, where they are not what the category itself is about. */
export const ACCESSORIES: ReadonlySet<string> = new Set(
  (
    'cover case holder rack stand foot feet leg strap bag hanger hook mount charger protector part lid pad organiser ' +
    'organizer kit clip cushion filter adapter tray replacement accessory accessories refill sleeve box liner ' +
    'bezug hulle halter halterung stander ersatzteil zubehor tasche huelle'
  ).split(' '),
);

/**
 * How a title's head noun fits a category: `own` if products of the category have it as head, or the category's names do;
 * `none` if the title has no head. Otherwise the kind of the head, an accessory by its noun (`accessory`), a noun of other
 * categories (`other`) or of none (`unseen`), and where a noun of this category stands: right before another noun (`beside`,
 * "sofa feet"), before an adjective, a number or the like (`parted`, "sofa green feet"), in what the product is for
 * (`for`, "feet for sofas"), or nowhere (`apart`).
 */
export function headSituation(
  title: TitleHead | undefined,
  category: Category | undefined,
  { heads, trailing }: Pick<TitleHeads, 'heads' | 'trailing'>,
  carried: readonly { readonly id: string }[] = [],
): string {
  if (title === undefined || category === undefined) return 'none';
  const names = nameHeads(category);
  const isOwn = (stem: string): boolean => names.has(stem) || (heads.get(stem)?.has(category.id) ?? false);
  const { phrase } = title;
  const isLoose = (word: PhraseWord): boolean =>
    word.isTail || trailing.has(word.stem) || carried.some(({ id }) => word.values.includes(id));
  const last = phrase.findLastIndex(({ stem }) => isOwn(stem) || endsInOwn(stem, isOwn));
  const behind = phrase.slice(last + 1);
  const nouns = behind.filter((word) => !isLoose(word));
  if (last >= 0 && nouns.every(({ isAdjective }) => isAdjective)) return 'own';
  const head = nouns.at(-1)?.stem ?? headOf(title);
  const kind = ACCESSORIES.has(head) ? 'accessory' : heads.has(head) ? 'other' : 'unseen';
  if (beginsWithOwn(head, isOwn)) return `${kind} beside`;
  if (last < 0) return `${kind} ${title.purpose.some(isOwn) ? 'for' : 'apart'}`;
  const [next] = behind;
  return `${kind} ${next === undefined || isLoose(next) || next.isAdjective ? 'parted' : 'beside'}`;
}

/**
 * Whether titles in this situation may be accessories of the category's products. Unknown nouns behind an adjective or a
 * number mostly tell more about the product itself: `camera 1080p blue dinosaur`.
 */
export function maybeAccessory(situation: string): boolean {
  return /^accessory |^(?:other|unseen) (?:beside|for)$/.test(situation);
}

const MIN_PART = 4;

/** `Hundebett` ends in `bett`. */
function endsInOwn(head: string, isOwn: (stem: string) => boolean): boolean {
  for (let from = 2; from <= head.length - MIN_PART; from++) if (isOwn(head.slice(from))) return true;
  return false;
}

/** `Sofabezug` begins with `sofa`. */
function beginsWithOwn(head: string, isOwn: (stem: string) => boolean): boolean {
  for (let to = MIN_PART; to <= head.length - 3; to++) if (isOwn(head.slice(0, to))) return true;
  return false;
}

const names = new WeakMap<Category, ReadonlySet<string>>();

/** The head nouns of a category's name and aliases: `Saucepans & Pots` has two. */
export function nameHeads(category: Category): ReadonlySet<string> {
  let heads = names.get(category);
  if (heads === undefined) {
    heads = new Set(
      [category.name, ...category.aliases].flatMap((name) =>
        name.split(/[&,/]|\band\b|\bund\b/u).flatMap((part) => {
          const last = words(part).at(-1)?.stem;
          return last === undefined || last.length < 3 ? [] : [last];
        }),
      ),
    );
    names.set(category, heads);
  }
  return heads;
}
