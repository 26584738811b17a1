import type { Product } from '../../domain/product.js';
import { seededRandom } from '../../domain/seededRandom.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { ShopNames } from '../context/names.js';
import { TextContexts } from '../context/textContexts.js';
import { stemOf } from '../features/words.js';
import { HeadReader } from '../propose/titleHead.js';
import { headSituation, type TitleHead, type TitleHeads } from '../propose/titleHeads.js';

/** Some that `ACCESSORIES` lists and some that it does not, since shops have others. */
const LISTED = [
  'cover',
  'replacement cover',
  'case',
  'holder',
  'rack',
  'feet',
  'strap',
  'storage bag',
  'wall mount',
  'lid',
];
const UNLISTED = [
  'cleaner',
  'cleaning spray',
  'sticker',
  'handle',
  'trolley',
  'brush',
  'polish',
  'tag',
  'warmer',
  'knob',
];

/** An accessory of a labelled product, made up: it does not belong to the product's category. */
export interface AccessoryRow {
  readonly product: Product;
  /** Id of the category of the product that it is for. */
  readonly category: string;
}

/**
 * Made-up accessories of products, one per product: `<title> cover`, `cover for <title>`. The shop's rows have few of them,
 * so without these nothing would show how sure the classifier is of a category whose products they are for. None where the
 * noun is one of the category's own, as `case` for phone cases.
 */
export function accessoryRows(
  products: readonly { readonly product: Product; readonly category: string }[],
  view: TaxonomyView,
  names: ShopNames,
  heads: Pick<TitleHeads, 'heads' | 'trailing'>,
  seed: number,
): AccessoryRow[] {
  const random = seededRandom(seed);
  const reader = HeadReader.of(view);
  return products.flatMap(({ product, category }, n): AccessoryRow[] => {
    const nouns = n % 2 === 0 ? LISTED : UNLISTED;
    const noun = nouns[Math.floor(random() * nouns.length)] ?? '';
    const title = reader.read(product, new TextContexts(product, names), heads.trailing);
    if (title === undefined) return [];
    const stem = stemOf(noun.split(' ').at(-1) ?? '');
    const word = { stem, values: [], isTail: false, isAdjective: false };
    const situation = headSituation({ ...title, phrase: [word] }, view.category(category), heads);
    if (situation === 'own') return [];
    const id = `${product.id} accessory`;
    return [{ product: { id, title: accessoryTitle(product.title ?? '', title, noun, n) }, category }];
  });
}

function accessoryTitle(text: string, { start, end }: TitleHead, noun: string, n: number): string {
  const thing = text.slice(start, end);
  const rest = text.slice(end);
  switch (n % 10) {
    // Behind a whole title only nouns that are listed say that it is an accessory.
    case 0:
    case 4:
      return `${text} ${noun}`;
    case 1:
    case 2:
      return `${thing} ${noun}`;
    case 3:
    case 6:
      return `${noun} for ${thing}`;
    case 5:
      return `${noun}, fits ${thing}${rest}`;
    default:
      return `${thing.split(/\s+/).slice(-2).join(' ')} ${noun}${n % 2 === 0 ? rest : ''}`;
  }
}
