import { fold } from '../../text/fold.js';

/** The supported values of an attribute of Google's product data specification, and other words for each. */
type Values = Readonly<Record<string, string>>;

/** Keys are lower case without anything but letters, so that `In Stock`, `in_stock` and `InStock` are one. */
const AVAILABILITY: Values = {
  in_stock: 'instock available yes limitedavailability instoreonly onlineonly lowstock',
  out_of_stock: 'outofstock soldout unavailable notavailable no discontinued nostock',
  preorder: 'preorder presale',
  backorder: 'backorder onbackorder',
};
const CONDITION: Values = {
  new: 'new newcondition',
  refurbished: 'refurbished refurbishedcondition renewed reconditioned',
  used: 'used usedcondition secondhand preowned',
};
const GENDER: Values = {
  male: 'male men man mens gents gentlemen boys boy',
  female: 'female women woman womens ladies girls girl',
  unisex: 'unisex all',
};
const AGE_GROUP: Values = {
  newborn: 'newborn newborns',
  infant: 'infant infants baby babies',
  toddler: 'toddler toddlers',
  kids: 'kids kid child children',
  adult: 'adult adults teen teens',
};

const TABLES = {
  availability: tableOf(AVAILABILITY),
  condition: tableOf(CONDITION),
  gender: tableOf(GENDER),
  age_group: tableOf(AGE_GROUP),
} as const;

/** The attributes that take one of a few values. */
export type ClosedAttribute = keyof typeof TABLES;

/** The supported value that a word means; undefined if it means none. */
export function supportedValue(attribute: ClosedAttribute, word: string): string | undefined {
  return TABLES[attribute].get(keyOf(word.replace(/^https?:\/\/schema\.org\//i, '')));
}

export function supportedValues(attribute: ClosedAttribute): string[] {
  return [...new Set(TABLES[attribute].values())];
}

function tableOf(values: Values): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).flatMap(([value, words]) => words.split(' ').map((word) => [word, value])),
  );
}

function keyOf(word: string): string {
  return fold(word).replace(/[^\p{L}]+/gu, '');
}
