import type { Product } from '../../domain/product.js';
import { nameKey } from '../../taxonomy/nameKey.js';
import type { EnumAttribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';

/** Values by attribute id, folded: what a buyer chooses between, such as colour and size. */
export type Choices = ReadonlyMap<string, ReadonlySet<string>>;

/** Attributes, by any of their names, in which the variants of one thing differ. */
const CHOSEN =
  /(^|[ _-])(colou?r|farbe|couleur|size|gr(ö|o)(ß|ss)e|taille|capacity|storage|memory|scent|flavou?r|pack size|quantity per pack|width|length|finish|style|pattern|material)s?([ _-]|$)/u;

/** Colours are looked for in titles, from lists up to this long, by words of at least three letters. */
const LONGEST_LIST = 400;

const lists = new WeakMap<TaxonomyView, ReadonlyMap<string, { attribute: EnumAttribute; value: string }>>();

/** Whether variants of one thing differ in an attribute of this name, be it `color`, `baseColour` or `pack_size`. */
function isChosen(name: string): boolean {
  return CHOSEN.test(fold(spaced(name)));
}

/** The choices that a product's attributes state and, for closed lists of colours and the like, that its title does. */
export function readChoices(product: Product, view: TaxonomyView): Choices {
  const found = new Map<string, Set<string>>();
  for (const [key, value] of Object.entries(product.attributes ?? {})) {
    const attribute = view.attribute(key);
    if (!isChosen(attribute?.name ?? key)) continue;
    for (const member of Array.isArray(value) ? value : [value]) {
      const text = String(member);
      if (text.trim() === '') continue;
      const known = attribute?.type === 'enum' ? view.canonical(attribute, text) : undefined;
      add(found, attribute?.id ?? key, nameKey(known ?? text));
    }
  }
  const list = listOf(view);
  const words = fold(product.title ?? '').split(/[^\p{L}\p{N}]+/u);
  const said = new Map<string, Set<string>>();
  for (let at = 0; at < words.length; at++) {
    for (let length = 3; length >= 1; length--) {
      const known = list.get(words.slice(at, at + length).join(' '));
      if (known === undefined) continue;
      if (!found.has(known.attribute.id)) add(said, known.attribute.id, known.value);
      at += length - 1;
      break;
    }
  }
  for (const [id, values] of said) found.set(id, values);
  return found;
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2');
}

function listOf(view: TaxonomyView): ReadonlyMap<string, { attribute: EnumAttribute; value: string }> {
  const known = lists.get(view);
  if (known !== undefined) return known;
  const list = new Map<string, { attribute: EnumAttribute; value: string }>();
  for (const attribute of view.taxonomy.attributes) {
    if (attribute.type !== 'enum' || attribute.values.length > LONGEST_LIST) continue;
    if (!/colou?r|finish|farbe|couleur/iu.test(attribute.name)) continue;
    for (const { name, aliases } of attribute.values) {
      for (const text of [name, ...aliases]) {
        const key = nameKey(text);
        if (key.length >= 3 && !list.has(key)) list.set(key, { attribute, value: nameKey(name) });
      }
    }
  }
  lists.set(view, list);
  return list;
}

function add(to: Map<string, Set<string>>, key: string, value: string): void {
  const values = to.get(key);
  if (values === undefined) to.set(key, new Set([value]));
  else values.add(value);
}
