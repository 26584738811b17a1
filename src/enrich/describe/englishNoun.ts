import { words } from '../features/words.js';

/** Nouns that English uses in the plural only, by the last word of their name. */
const PLURAL_ONLY: ReadonlySet<string> = new Set(
  `shoes boots sandals sneakers trainers slippers heels flats loafers pumps clogs flip-flops socks tights stockings leggings
   trousers pants jeans shorts chinos joggers briefs boxers trunks overalls dungarees pyjamas pajamas scissors glasses
   sunglasses goggles binoculars headphones earphones earbuds earrings cufflinks gloves mittens tongs pliers tweezers
   clippers scales batteries groceries clothes`.split(/\s+/u),
);
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['knives', 'knife'],
  ['shelves', 'shelf'],
  ['bookshelves', 'bookshelf'],
  ['scarves', 'scarf'],
  ['loaves', 'loaf'],
  ['lenses', 'lens'],
  ['accessories', 'accessory'],
  ['shoelaces', 'shoelaces'],
  ['glassware', 'glassware'],
]);

/**
 * The noun for one product of a category: "Mini Dresses" → a mini dress, "Running Shoes" → these running
 * shoes. Of a name
 * that joins several kinds, such as "Cups & Mugs", the kind that the title names, otherwise "product".
 */
export function nounOf(category: string, title: string): { readonly noun: string; readonly plural: boolean } {
  const kinds = category.split(/\s*(?:[&,/+]|\band\b|\bor\b)\s*/iu).filter((kind) => kind !== '');
  const kind = kinds.length === 1 ? kinds[0] : kinds.find((one) => isNamed(one, title));
  if (kind === undefined) return { noun: 'product', plural: false };
  const lowered = kind.replace(/\b\p{Lu}\p{Ll}+\b/gu, (word) => word.toLowerCase());
  const last = /[\p{L}-]+$/u.exec(lowered)?.[0] ?? '';
  if (PLURAL_ONLY.has(last)) return { noun: lowered, plural: true };
  return { noun: lowered.slice(0, lowered.length - last.length) + singular(last), plural: false };
}

function isNamed(kind: string, title: string): boolean {
  const said = new Set(words(title).map(({ stem }) => stem));
  const sought = words(kind);
  return sought.length > 0 && sought.every(({ stem }) => said.has(stem));
}

function singular(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (/[^aeiou]ies$/u.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|zz)es$/u.test(word)) return word.slice(0, -2);
  if (/(?:ss|us|is)$/u.test(word) || !word.endsWith('s')) return word;
  return word.slice(0, -1);
}
