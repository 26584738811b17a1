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
  /** Code of the currency that it bears, '' for one of several, undefined for none. */
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

/** About that much is within this share of it. */
const ABOUT = 0.2;

/**
 * The prices that a query asks for: `under 80`, `between 20 and 40 €`, `unter 1.299,00`, `$20-$40` filter;
 * `around $50` and a bare `$50` put what costs about that first. A number with a unit, or behind an age, is no
 * price. `shopCurrencies` are the codes that products are priced in, none where they do not say.
 */
export function readPrices(
  { text: query, tokens: run }: Query,
  shopCurrencies: ReadonlySet<string>,
): Interpretation[] {
  const reader = new PriceReader(query, run, shopCurrencies);
  const senses: Interpretation[] = [];
  for (let at = 0; at < run.length; ) {
    const read = reader.read(at);
    if (read !== undefined) senses.push(read.sense);
    at = read?.next ?? at + 1;
  }
  return senses;
}

/** Words for money that mean something else as often. */
const OTHERWISE_MEANT = /^(?:pounds?|cad|try|rub|rs|tl)$/;

class PriceReader {
  constructor(
    private readonly query: string,
    private readonly run: readonly Token[],
    private readonly shopCurrencies: ReadonlySet<string>,
  ) {}

  read(at: number): { sense: Interpretation; next: number } | undefined {
    // Inside a compound (`t-over 80`, `dv7-1299`) nothing is a price.
    if (at > 0 && this.run[at - 1]?.end === this.run[at]?.start && !this.isSpaced(at)) return undefined;
    return this.range(at) ?? this.compared(at) ?? this.bare(at);
  }

  private range(at: number): { sense: Interpretation; next: number } | undefined {
    const opener = openers.at(this.run, at);
    const opened = opener ?? rangeOpeners.at(this.run, at);
    const low = this.amount(opened?.next ?? at, true);
    const middle = low === undefined ? undefined : middles.at(this.run, low.next);
    const high = middle === undefined ? undefined : this.amount(middle.next);
    if (low === undefined || high === undefined || this.isMeasured(high)) return undefined;
    const currency = high.currency ?? low.currency;
    if (opener === undefined && currency === undefined) return undefined;
    const [min, max] = low.value <= high.value ? [low.value, high.value] : [high.value, low.value];
    return this.sense(at, high.next, [['>=', min] as const, ['<=', max] as const], currency, true);
  }

  private compared(at: number): { sense: Interpretation; next: number } | undefined {
    const comparator = comparators.at(this.run, at);
    if (comparator === undefined) return undefined;
    const amount = this.amount(comparator.next);
    if (amount === undefined || this.isMeasured(amount)) return undefined;
    const { operator, marked } = comparator.meaning;
    if (amount.currency === undefined && (marked || this.isAge(at))) return undefined;
    return this.sense(at, amount.next, [[operator, amount.value]], amount.currency, true);
  }

  private bare(at: number): { sense: Interpretation; next: number } | undefined {
    const about = abouts.at(this.run, at);
    const amount = this.amount(about?.next ?? at);
    if (amount?.currency === undefined) return undefined;
    const follower = followers.at(this.run, amount.next);
    if (follower !== undefined) {
      const bound = [follower.meaning, amount.value] as const;
      return this.sense(at, follower.next, [bound], amount.currency, true);
    }
    const bounds = [
      ['>=', amount.value * (1 - ABOUT)],
      ['<=', amount.value * (1 + ABOUT)],
    ] as const;
    return this.sense(at, amount.next, bounds, amount.currency, false);
  }

  private sense(
    from: number,
    next: number,
    bounds: readonly (readonly [Comparison, number])[],
    currency: string | undefined,
    sure: boolean,
  ): { sense: Interpretation; next: number } {
    const filter = bounds
      .map(([operator, value]) => writeCondition('price', operator, value) ?? '')
      .join(' AND ');
    const start = this.run[from]?.start ?? 0;
    // An amount may end inside what is a token elsewhere, as the `-` of `80,-`.
    const end = this.run[next - 1]?.end ?? this.query.length;
    const foreign = currency !== undefined && currency !== '' && !this.isAccepted(currency);
    const strict = sure && !foreign;
    const text = this.query.slice(start, end);
    return {
      sense: {
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
    const sign = currencies.at(this.run, at);
    const first = this.run[sign?.next ?? at];
    if (first === undefined) return undefined;
    for (const spaced of [true, false]) {
      const read = amountAt(this.query, first.start, spaced);
      if (read === undefined) continue;
      let next = sign?.next ?? at;
      while ((this.run[next]?.start ?? Number.POSITIVE_INFINITY) < read.end) next++;
      const behind = currencies.at(this.run, next);
      const currency = this.moneyOf(sign?.meaning ?? behind?.meaning, behind?.next ?? next);
      if (spaced && currency === undefined) continue;
      if (currency === undefined && this.isGlued(next, opens)) return undefined;
      return {
        value: read.value,
        currency,
        next: sign === undefined && currency !== undefined ? (behind?.next ?? next) : next,
      };
    }
    return undefined;
  }

  /** A pound is a weight, and CAD a way to draw, but where goods are priced in them. */
  private moneyOf(currency: string | undefined, next: number): string | undefined {
    const word = this.run[next - 1]?.folded ?? '';
    const isPriced = currency !== undefined && this.shopCurrencies.has(currency);
    return OTHERWISE_MEANT.test(word) && !isPriced ? undefined : currency;
  }

  private isAccepted(currency: string): boolean {
    return this.shopCurrencies.size === 0 || this.shopCurrencies.has(currency);
  }

  /** A letter or a mark right behind the number makes it something else: `80s`, `100x`, `5-pack`. */
  private isGlued(next: number, opens: boolean): boolean {
    const behind = this.run[next];
    if (behind === undefined || this.run[next - 1]?.end !== behind.start) return false;
    return opens ? /[\p{L}\p{N}/]/u.test(behind.folded) : /[\p{L}\p{N}/-]/u.test(behind.folded);
  }

  private isMeasured({ next, currency }: Amount): boolean {
    if (currency !== undefined) return false;
    const [first, second] = [this.run[next], this.run[next + 1]];
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
    return at > 0 && ages.at(this.run, at - 1) !== undefined;
  }

  private isSpaced(at: number): boolean {
    const before = this.run[at - 1]?.folded ?? '';
    return /^[,;:()!?]$/.test(before);
  }
}
