import { amountAt } from '../../../text/money.js';
import type { Token } from '../../../text/tokens.js';
import { unitOf } from '../../../text/units.js';
import { type Comparison, parseFilter } from '../../filter/parseFilter.js';
import type { Query } from '../query.js';
import type { Interpretation } from './interpretation.js';
import { PhraseMatcher } from './phraseMatcher.js';
import {
  ABOUTS,
  AGES,
  COMPARATORS,
  CURRENCIES,
  FOLLOWERS,
  MIDDLES,
  OPENERS,
  RANGE_OPENERS,
} from './priceWords.js';
import { writeCondition } from './writeFilter.js';

interface Amount {
  readonly value: number;
  /** Currency code beside the number; '' if it is ambiguous, undefined if there is none. */
  readonly currency: string | undefined;
  readonly next: number;
}

const comparators = new PhraseMatcher(
  COMPARATORS.flatMap(({ operator, phrases, marked }) =>
    phrases.map((phrase) => [phrase, { operator, marked: marked === true }] as const),
  ),
);
const followers = new PhraseMatcher(
  FOLLOWERS.flatMap(({ operator, phrases }) => phrases.map((phrase) => [phrase, operator] as const)),
);
const listed = (words: readonly string[]) => new PhraseMatcher(words.map((word) => [word, true] as const));
const openers = listed(OPENERS);
const rangeOpeners = listed(RANGE_OPENERS);
const middles = listed(MIDDLES);
const abouts = listed(ABOUTS);
const ages = listed(AGES);
const currencies = new PhraseMatcher(
  Object.entries(CURRENCIES).flatMap(([code, words]) => words.map((word) => [word, code] as const)),
);

/** Tolerance of an approximate price, as a share of it. */
const APPROXIMATE_SHARE = 0.2;

/**
 * Prices in a query: `under 80`, `between 20 and 40 €`, `unter 1.299,00` and `$20-$40` filter; `around $50`
 * and a bare `$50` boost similar prices. A number with a unit, or after a word for age, is not a price.
 * `shopCurrencies` are the currency codes of the catalog, empty if unknown.
 */
export function readPrices(
  { text: query, tokens }: Query,
  shopCurrencies: ReadonlySet<string>,
): Interpretation[] {
  const reader = new PriceReader(query, tokens, shopCurrencies);
  const interpretations: Interpretation[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = reader.read(at);
    if (read !== undefined) interpretations.push(read.interpretation);
    at = read?.next ?? at + 1;
  }
  return interpretations;
}

/** Currency words that often mean something else. */
const AMBIGUOUS_CURRENCY = /^(?:pounds?|cad|try|rub|rs|tl)$/;

class PriceReader {
  constructor(
    private readonly query: string,
    private readonly tokens: readonly Token[],
    private readonly shopCurrencies: ReadonlySet<string>,
  ) {}

  read(at: number): { interpretation: Interpretation; next: number } | undefined {
    // A number inside a compound (`t-over 80`, `dv7-1299`) is not a price.
    if (at > 0 && this.tokens[at - 1]?.end === this.tokens[at]?.start && !this.isSpaced(at)) return undefined;
    return this.range(at) ?? this.compared(at) ?? this.bare(at);
  }

  private range(at: number): { interpretation: Interpretation; next: number } | undefined {
    const opener = openers.at(this.tokens, at);
    const opened = opener ?? rangeOpeners.at(this.tokens, at);
    const low = this.amount(opened?.next ?? at, true);
    const middle = low === undefined ? undefined : middles.at(this.tokens, low.next);
    const high = middle === undefined ? undefined : this.amount(middle.next);
    if (low === undefined || high === undefined || this.isMeasured(high)) return undefined;
    const currency = high.currency ?? low.currency;
    if (opener === undefined && currency === undefined) return undefined;
    const [min, max] = low.value <= high.value ? [low.value, high.value] : [high.value, low.value];
    return this.interpretation(at, high.next, [['>=', min] as const, ['<=', max] as const], currency, true);
  }

  private compared(at: number): { interpretation: Interpretation; next: number } | undefined {
    const comparator = comparators.at(this.tokens, at);
    if (comparator === undefined) return undefined;
    const amount = this.amount(comparator.next);
    if (amount === undefined || this.isMeasured(amount)) return undefined;
    const { operator, marked } = comparator.meaning;
    if (amount.currency === undefined && (marked || this.isAge(at))) return undefined;
    return this.interpretation(at, amount.next, [[operator, amount.value]], amount.currency, true);
  }

  private bare(at: number): { interpretation: Interpretation; next: number } | undefined {
    const about = abouts.at(this.tokens, at);
    const amount = this.amount(about?.next ?? at);
    if (amount?.currency === undefined) return undefined;
    const follower = followers.at(this.tokens, amount.next);
    if (follower !== undefined) {
      const bound = [follower.meaning, amount.value] as const;
      return this.interpretation(at, follower.next, [bound], amount.currency, true);
    }
    const bounds = [
      ['>=', amount.value * (1 - APPROXIMATE_SHARE)],
      ['<=', amount.value * (1 + APPROXIMATE_SHARE)],
    ] as const;
    return this.interpretation(at, amount.next, bounds, amount.currency, false);
  }

  private interpretation(
    from: number,
    next: number,
    bounds: readonly (readonly [Comparison, number])[],
    currency: string | undefined,
    isExact: boolean,
  ): { interpretation: Interpretation; next: number } {
    const filter = bounds
      .map(([operator, value]) => writeCondition('price', operator, value) ?? '')
      .join(' AND ');
    const start = this.tokens[from]?.start ?? 0;
    // An amount may end inside a token, like the `-` of `80,-`.
    const end = this.tokens[next - 1]?.end ?? this.query.length;
    const isForeign = currency !== undefined && currency !== '' && !this.isAccepted(currency);
    const strict = isExact && !isForeign;
    const text = this.query.slice(start, end);
    return {
      interpretation: {
        text,
        start,
        end,
        filter,
        strict,
        parsed: parseFilter(filter),
        certainty: 1,
        consumesWords: true,
      },
      next,
    };
  }

  private amount(at: number, opens = false): Amount | undefined {
    const sign = currencies.at(this.tokens, at);
    const first = this.tokens[sign?.next ?? at];
    if (first === undefined) return undefined;
    for (const spaced of [true, false]) {
      const read = amountAt(this.query, first.start, spaced);
      if (read === undefined) continue;
      let next = sign?.next ?? at;
      while ((this.tokens[next]?.start ?? Number.POSITIVE_INFINITY) < read.end) next++;
      const after = currencies.at(this.tokens, next);
      const currency = this.moneyOf(sign?.meaning ?? after?.meaning, after?.next ?? next);
      if (spaced && currency === undefined) continue;
      if (currency === undefined && this.isGlued(next, opens)) return undefined;
      return {
        value: read.value,
        currency,
        next: sign === undefined && currency !== undefined ? (after?.next ?? next) : next,
      };
    }
    return undefined;
  }

  /**
   * A pound is also a weight, and CAD also a kind of software: they are currencies only if the catalog has
   * prices in them.
   */
  private moneyOf(currency: string | undefined, next: number): string | undefined {
    const word = this.tokens[next - 1]?.folded ?? '';
    const isPriced = currency !== undefined && this.shopCurrencies.has(currency);
    return AMBIGUOUS_CURRENCY.test(word) && !isPriced ? undefined : currency;
  }

  private isAccepted(currency: string): boolean {
    return this.shopCurrencies.size === 0 || this.shopCurrencies.has(currency);
  }

  /** A letter or sign directly after the number makes it something else: `80s`, `100x`, `5-pack`. */
  private isGlued(next: number, opens: boolean): boolean {
    const after = this.tokens[next];
    if (after === undefined || this.tokens[next - 1]?.end !== after.start) return false;
    return opens ? /[\p{L}\p{N}/]/u.test(after.folded) : /[\p{L}\p{N}/-]/u.test(after.folded);
  }

  private isMeasured({ next, currency }: Amount): boolean {
    if (currency !== undefined) return false;
    const [first, second] = [this.tokens[next], this.tokens[next + 1]];
    if (first === undefined) return false;
    const surface = (token: Token, last: Token): string => this.query.slice(token.start, last.end);
    // `in` before another word is a preposition.
    if (first.folded === 'in' && second !== undefined) return false;
    return (
      unitOf(surface(first, first)) !== undefined ||
      (second !== undefined && unitOf(surface(first, second)) !== undefined)
    );
  }

  private isAge(at: number): boolean {
    return at > 0 && ages.at(this.tokens, at - 1) !== undefined;
  }

  private isSpaced(at: number): boolean {
    const before = this.tokens[at - 1]?.folded ?? '';
    return /^[,;:()!?]$/.test(before);
  }
}
