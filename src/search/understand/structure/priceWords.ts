import type { Comparison } from '../../filter/parseFilter.js';

/** Words before an amount. `marked` ones have so many other meanings that the amount needs a currency. */
export const COMPARATORS: readonly {
  readonly operator: Comparison;
  readonly phrases: readonly string[];
  readonly marked?: true;
}[] = [
  {
    operator: '<',
    phrases: [
      ...['under', 'below', 'less than', 'cheaper than', 'lower than', 'beneath', '<'],
      ...['unter', 'weniger als', 'billiger als', 'günstiger als'],
      ...['moins de', 'moins cher que', 'en dessous de', 'au-dessous de', 'inférieur à', 'inférieure à'],
      ...['menos de', 'por debajo de', 'inferior a', 'más barato que', 'abaixo de', 'mais barato que'],
      ...['meno di', 'sotto i', 'sotto', 'inferiore a', 'onder', 'minder dan', 'goedkoper dan'],
      ...['mindre än', 'billigare än', 'mindre end', 'mindre enn', 'billigere end', 'billigere enn'],
      ...['poniżej', 'mniej niż', 'tańsze niż', 'дешевле', 'меньше', 'alle'],
    ],
  },
  {
    operator: '<=',
    phrases: [
      ...['up to', 'at most', 'max', 'maximum', 'no more than', 'not more than', 'not over', '<=', '≤'],
      ...['höchstens', 'maximal', 'nicht mehr als', 'nicht über', 'bis zu'],
      ...["jusqu'à", 'pas plus de', 'au maximum', 'hasta', 'máximo', 'como máximo', 'no más de'],
      ...['fino a', 'massimo', 'al massimo', 'até', 'no máximo', 'maximaal', 'hoogstens', 'högst'],
      ...['upp till', 'op til', 'opp til', 'højst', 'maksymalnie', 'до'],
    ],
  },
  { operator: '<=', phrases: ['bis', 'tot', 'do', 'within'], marked: true },
  {
    operator: '>',
    phrases: [
      ...['over', 'above', 'more than', 'greater than', 'higher than', '>'],
      ...['über', 'mehr als', 'teurer als', 'plus de', 'au-dessus de', 'supérieur à', 'más de'],
      ...['por encima de', 'superior a', 'più di', 'oltre', 'sopra', 'superiore a', 'mais de', 'acima de'],
      ...['boven', 'meer dan', 'över', 'mer än', 'mere end', 'mer enn', 'powyżej', 'więcej niż', 'дороже'],
    ],
  },
  {
    operator: '>=',
    phrases: [
      ...['at least', 'starting at', 'min', 'minimum', 'not less than', '>=', '≥', 'mindestens', 'au moins'],
      ...['à partir de', 'al menos', 'a partir de', 'almeno', 'a partire da', 'minstens', 'vanaf', 'minst'],
    ],
  },
  { operator: '>=', phrases: ['from', 'ab', 'dès', 'desde', 'od', 'från', 'fra', 'от'], marked: true },
];

/** Words after an amount. */
export const FOLLOWERS: readonly { readonly operator: Comparison; readonly phrases: readonly string[] }[] = [
  {
    operator: '<=',
    phrases: [
      ...['or less', 'or under', 'or below', 'and under', 'and below', 'or cheaper', 'max', 'maximum'],
      ...['oder weniger', 'und weniger', 'ou moins', 'o menos', 'o meno', 'ou menos', 'of minder'],
      ...['以下', '以内', 'まで', '이하'],
    ],
  },
  { operator: '<', phrases: ['未満', '미만'] },
  {
    operator: '>=',
    phrases: [
      ...['or more', 'and up', 'and over', 'and above', 'or above', 'oder mehr', 'ou plus', 'o más', 'o più'],
      ...['ou mais', 'of meer', '以上', '이상'],
    ],
  },
];

/**
 * `between 20 and 40`: words before the range. After words of the second list, an amount needs a currency.
 */
export const OPENERS = ['between', 'zwischen', 'entre', 'tra', 'fra', 'tussen', 'mellan', 'mellem', 'mellom'];
export const RANGE_OPENERS = ['from', 'von', 'de', 'desde', 'da', 'van', 'från', 'od'];
export const MIDDLES = [
  'and',
  'und',
  'et',
  'y',
  'e',
  'en',
  'och',
  'og',
  'to',
  'bis',
  'a',
  'à',
  'tot',
  'til',
  'till',
  'do',
  '-',
  '–',
  '—',
  '~',
  '&',
];

/** Words before an approximate amount. */
export const ABOUTS = ['around', 'about', 'circa', 'ca', 'etwa', 'environ', 'unos', 'rund', 'approximately'];

/** A number after these words is an age. */
export const AGES = [
  'age',
  'ages',
  'aged',
  'kids',
  'children',
  'kinder',
  'alter',
  'enfants',
  'niños',
  'bambini',
];

/** Words and signs for money by currency code; '' for those that several currencies share. */
export const CURRENCIES: Readonly<Record<string, readonly string[]>> = {
  '': [
    '$',
    'dollar',
    'dollars',
    'bucks',
    'kr',
    'kronor',
    'kroner',
    'kronen',
    'peso',
    'pesos',
    '¥',
    '元',
    '円',
    'fr',
    'francs',
    'franken',
  ],
  USD: ['usd'],
  EUR: ['€', 'eur', 'euro', 'euros'],
  GBP: ['£', 'gbp', 'quid', 'pound', 'pounds'],
  JPY: ['jpy', 'yen'],
  CNY: ['cny', 'rmb', 'yuan'],
  INR: ['₹', 'inr', 'rs', 'rupees', 'rupee'],
  KRW: ['₩', 'krw', '원'],
  CHF: ['chf'],
  CAD: ['cad'],
  AUD: ['aud'],
  SEK: ['sek'],
  NOK: ['nok'],
  DKK: ['dkk'],
  PLN: ['zł', 'zl', 'pln', 'zloty'],
  CZK: ['czk', 'kč'],
  HUF: ['huf', 'forint'],
  RUB: ['₽', 'rub'],
  TRY: ['₺', 'try', 'tl'],
  BRL: ['r$', 'brl', 'reais'],
  MXN: ['mxn'],
};
