/** A currency next to an amount. */
export interface CurrencyName {
  /** ISO 4217 code; undefined if the name does not say which of several currencies it is, such as `kr`. */
  readonly code: string | undefined;
  /** `code` for `USD`; `minor` for hundredths: `¢`, `p`; else `symbol`. */
  readonly kind: 'code' | 'symbol' | 'minor';
  /** Other currencies are written so too: `$`, `kr`. */
  readonly isShared: boolean;
}

/**
 * Symbols, abbreviations and names by code, compact: without spaces and without a final point. A `$` alone means USD,
 * a `£` GBP, a `¥` JPY and `Rs` INR, as the most common currencies that are written so.
 */
const SYMBOLS: Readonly<Record<string, string>> = {
  USD: '$ US$ U$S USD$ $US US-$ US U.S.$ U.S dollar dollars USdollar USdollars US-dollar US-dollars U.S.dollars Americandollars',
  AUD: 'A$ AU$ AUD$ $A AUdollars Australiandollars',
  CAD: 'C$ CA$ CAD$ CDN$ Can$ $CA Canadiandollars',
  NZD: 'NZ$ NZD$ $NZ NZdollars NewZealanddollars',
  HKD: 'HK$ HKD$ HKdollars HongKongdollars',
  SGD: 'S$ SG$ SGD$ Singaporedollars',
  TWD: 'NT$ NTD NT TW$ TWD$ Taiwandollars',
  MXN: 'MX$ Mex$ MXN$ Mexicanpesos',
  BRL: 'R$ BR$ real reais Brazilianreais',
  ARS: 'AR$ ARS$ Argentinepesos',
  CLP: 'CL$ CLP$ Chileanpesos',
  COP: 'COL$ CO$ COP$ Colombianpesos',
  UYU: '$U UY$',
  DOP: 'RD$',
  NIO: 'NIO$',
  PEN: 'S/ soles',
  PAB: 'B/',
  BOB: 'Bs',
  CRC: '₡',
  PYG: '₲ Gs',
  JMD: 'J$ JA$',
  TTD: 'TT$',
  BBD: 'Bds$ BBD$',
  BZD: 'BZ$',
  XCD: 'EC$',
  FJD: 'FJ$',
  NAD: 'N$',
  MOP: 'MOP$',
  BND: 'B$',
  EUR: '€ euro euros EUR€ €uro',
  GBP: '£ GB£ UK£ pound pounds poundsterling poundssterling sterling Britishpounds',
  EGP: 'E£ LE L.E ج.م',
  CHF: 'Fr SFr sFr Franken Swissfranc Swissfrancs SchweizerFranken francssuisses',
  JPY: '¥ JP¥ 円 yen',
  CNY: 'CN¥ CNY¥ RMB RMB¥ 元 圆 人民币 yuan renminbi',
  KRW: '₩ 원 won',
  INR: '₹ Rs Re रु रू ₹Rs rupee rupees Indianrupees',
  PKR: '₨ PKRs Pakistanirupees',
  LKR: 'රු SLRs',
  NPR: 'NRs नेरू',
  BDT: '৳ Tk taka',
  THB: '฿ baht บาท',
  VND: '₫ đ VNĐ dong đồng',
  IDR: 'Rp rupiah',
  MYR: 'RM ringgit',
  PHP: '₱ Php PhP Philippinepesos',
  KHR: '៛',
  LAK: '₭',
  MNT: '₮',
  ILS: '₪ NIS shekel shekels ש"ח ש״ח',
  TRY: '₺ TL YTL Türklirası Turkishlira',
  RUB: '₽ руб р рублей рубля рубль rub ruble rubles rouble roubles',
  UAH: '₴ грн гривень hrn hryvnia hryvnias',
  KZT: '₸ тг тенге',
  GEL: '₾ лари',
  AMD: '֏ դր',
  AZN: '₼ ман',
  UZS: 'сум soʻm so‘m',
  BYN: 'Br бел.руб',
  BGN: 'лв lv leva лева',
  RSD: 'дин din RSDdin dinara',
  BAM: 'KM',
  MKD: 'ден',
  HRK: 'kn kuna',
  RON: 'lei leu RONlei',
  MDL: 'MDLlei',
  ALL: 'Lek Lekë',
  PLN: 'zł zl złoty złotych złote zloty zlotys',
  CZK: 'Kč Kc kč korun koruna',
  HUF: 'Ft HUFFt forint',
  SEK: 'SEKkr Skr skr svenskakronor Swedishkronor',
  NOK: 'NOKkr Nkr nkr Norwegiankroner',
  DKK: 'DKKkr Dkr dkr Danishkroner',
  ISK: 'ISKkr Íkr',
  ZAR: 'R rand',
  NGN: '₦ naira',
  GHS: '₵ GH₵ GH¢ cedi cedis',
  KES: 'KSh Ksh KShs Kshs',
  TZS: 'TSh TShs',
  UGX: 'USh UShs',
  MAD: 'MADdh د.م',
  AED: 'د.إ Dhs dirhams dirham AEDdh',
  SAR: 'ر.س SR ﷼ riyal riyals',
  QAR: 'ر.ق QR',
  KWD: 'د.ك KD',
  BHD: 'د.ب BD',
  OMR: 'ر.ع R.O RO',
  JOD: 'د.أ JD JDs',
  LBP: 'ل.ل LL L.L',
  TND: 'د.ت DT',
  XPF: 'FCFP F.CFP',
  IRR: 'ریال',
  ETB: 'ብር birr',
  GTQ: 'Q quetzales',
  HNL: 'L lempiras',
  VES: 'Bs.S Bs.F',
};

/** Names of several currencies without a most common one. */
const UNKNOWN = 'kr kronor kroner krona krone krónur FCFA CFA FrCFA Dh DH dh peso pesos franc francs lira';

/** Hundredths of a currency. */
const MINOR: readonly (readonly [code: string | undefined, names: string])[] = [
  ['USD', '¢ US¢ $¢'],
  ['GBP', 'p pence penny pennies GBp GBX'],
  ['INR', 'paise paisa'],
  ['RUB', 'коп'],
  ['TRY', 'kuruş kurus krş'],
  ['PLN', 'groszy grosz'],
  [undefined, 'c ct cts cent cents Cent Cents centime centimes centavo centavos céntimos øre öre'],
];

/** Symbols that have a most common currency, but others too. */
const SHARED = new Set(
  '$ ¥ £ Rs Re R Fr L C$ rupee rupees dollar dollars pound pounds dirham dirhams riyal riyals lei leu'.split(
    ' ',
  ),
);

const CODES = new Set(Intl.supportedValuesOf('currency'));
const names = new Map<string, CurrencyName>();
/** Names of at least three letters, in lower case. */
const anyCase = new Map<string, CurrencyName>();
let longest = 3;

function add(name: string, currency: CurrencyName): void {
  names.set(name, currency);
  if (/\p{L}{3}/u.test(name)) anyCase.set(name.toLowerCase(), currency);
  longest = Math.max(longest, name.length);
}

for (const [code, spellings] of Object.entries(SYMBOLS)) {
  for (const name of spellings.split(' ')) add(name, { code, kind: 'symbol', isShared: SHARED.has(name) });
}
for (const name of UNKNOWN.split(' ')) add(name, { code: undefined, kind: 'symbol', isShared: true });
for (const [code, spellings] of MINOR) {
  for (const name of spellings.split(' ')) add(name, { code, kind: 'minor', isShared: true });
}

const SYMBOL = /^\p{Sc}$/u;
const LETTER = /\p{L}/u;
/** Between two names of a currency: `€/EUR`, `Rs.`, `USD:`. */
const JOINT = /^[.:/]$/;
/** More names next to one amount are no notation of a price. */
const MAX_NAMES = 3;

/**
 * The currencies that a text names, one after the other: `US $` is one, `$ USD` two. Undefined if the text contains
 * anything else.
 */
export function currenciesIn(text: string): CurrencyName[] | undefined {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const compact = words.join('');
  const gaps = new Set<number>();
  for (let at = 0, word = 0; word < words.length; word++) {
    at += words[word]?.length ?? 0;
    gaps.add(at);
  }
  const found: CurrencyName[] = [];
  for (let at = 0; at < compact.length; ) {
    const next = nameAt(compact, at, gaps);
    if (next !== undefined) {
      found.push(next.currency);
      if (found.length > MAX_NAMES) return undefined;
      at += next.length;
    } else if (found.length > 0 && JOINT.test(compact[at] ?? '')) at++;
    else return undefined;
  }
  return found;
}

/** The longest name at `at` of a compact text. A name does not end inside a word; words end at `gaps`. */
function nameAt(
  compact: string,
  at: number,
  gaps: ReadonlySet<number>,
): { currency: CurrencyName; length: number } | undefined {
  for (let length = Math.min(longest, compact.length - at); length > 0; length--) {
    const name = compact.slice(at, at + length);
    const end = at + length;
    if (LETTER.test(name.at(-1) ?? '') && LETTER.test(compact[end] ?? '') && !gaps.has(end)) continue;
    const currency = names.get(name) ?? codeOf(name) ?? anyCase.get(name.toLowerCase());
    if (currency !== undefined) return { currency, length };
    if (SYMBOL.test(name)) return { currency: { code: undefined, kind: 'symbol', isShared: true }, length };
  }
  return undefined;
}

function codeOf(name: string): CurrencyName | undefined {
  const code = name.length === 3 ? name.toUpperCase() : '';
  return CODES.has(code) ? { code, kind: 'code', isShared: false } : undefined;
}

/** The code of a currency that is given by code, symbol or name: `eur`, `€`, `US$`; undefined if it is not known. */
export function currencyCode(text: string): string | undefined {
  const [currency, ...more] = currenciesIn(text) ?? [];
  return currency?.kind === 'minor' || more.length > 0 ? undefined : currency?.code;
}

/** Whether a text is the code of a currency. */
export function isCurrencyCode(text: string): boolean {
  return CODES.has(text);
}
