import type { Product } from '../../src/domain/product.js';
import { seededRandom, shuffle } from '../../src/domain/seededRandom.js';
import { identifierKey, identifierTexts } from '../../src/index/identifiers/identifierKeys.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import type { Reader } from '../../src/service/reader.js';
import { foldLetters } from '../../src/text/fold.js';
import { catalogFile, readCatalog } from './catalog.js';
import { withReader } from './withReader.js';

const SAMPLE = 500;
const SEED = 20;
const BREAKS = [' ', '-', ''];
/** Shorter parts of a code are ordinary numbers. */
const MIN_PART_LENGTH = 6;

interface KnownItem {
  readonly query: string;
  /** Whether a product is the right answer: the product itself, or one with the same name. */
  readonly matches: (product: Product) => boolean;
}

/**
 * How often the named product is the first hit: queries are titles or codes with random spacing, hyphens and case, codes
 * among words of the title, and prefixes of codes. A data folder saves the import, see `withReader`.
 */
export async function benchKnownItems(
  named: string | undefined,
  dataFolder: string | undefined,
): Promise<void> {
  const file = catalogFile(named);
  const products = await readCatalog(file);
  const random = seededRandom(SEED);
  const order = Int32Array.from(products.keys());
  shuffle(order, random);
  const sample = [...order].map((index) => products[index]).filter((product) => product !== undefined);
  const kinds: Record<string, (product: Product) => KnownItem | undefined> = {
    'titles as written': (product) => askTitle(product, (title) => title),
    titles: (product) => askTitle(product, (title) => respelt(title, random)),
    'EANs and ISBNs': (product) => askCode(product, isTradeNumber, (code) => regrouped(code, random)),
    'model numbers': (product) => askCode(product, isModelNumber, (code) => respelt(code, random)),
    'model numbers among words': (product) =>
      askCode(
        product,
        isModelNumber,
        (code) => `${firstWord(product)} ${respelt(code, random)} ${lastWord(product)}`,
      ),
    'parts of model numbers': (product) =>
      askPart(product, (code) => code.slice(0, Math.max(MIN_PART_LENGTH, Math.ceil(code.length * 0.7)))),
  };
  await withReader(file, dataFolder, async (reader) => {
    console.log(`known items of ${file}: share of queries whose product is first`);
    for (const [kind, ask] of Object.entries(kinds)) {
      const items = sample
        .map(ask)
        .filter((one) => one !== undefined)
        .slice(0, SAMPLE);
      await report(reader, kind, items);
    }
  });
}

async function report(reader: Reader, kind: string, items: readonly KnownItem[]): Promise<void> {
  const missed: string[] = [];
  const times: number[] = [];
  for (const { query, matches } of items) {
    const answer = await reader.search(searchRequestSchema.parse({ q: query.slice(0, 1000), per_page: 1 }));
    times.push(answer.took_ms);
    if (!answer.hits.some(({ product }) => matches(product))) missed.push(query);
  }
  times.sort((a, b) => a - b);
  const share = items.length === 0 ? Number.NaN : (100 * (items.length - missed.length)) / items.length;
  console.log(
    `  ${kind.padEnd(26)} ${share.toFixed(1).padStart(5)} % of ${items.length}, p50 ${(times[times.length >> 1] ?? 0).toFixed(1)} ms`,
  );
  for (const query of missed.slice(0, 5)) console.log(`    not first: ${query}`);
}

function askTitle(product: Product, spell: (title: string) => string): KnownItem | undefined {
  const { title } = product;
  if (title === undefined || lettersOf(title) === '') return undefined;
  return { query: spell(title), matches: (other) => lettersOf(other.title ?? '') === lettersOf(title) };
}

function askCode(
  product: Product,
  isKind: (code: string) => boolean,
  spell: (code: string) => string,
): KnownItem | undefined {
  const code = identifierTexts(product).find(isKind);
  if (code === undefined) return undefined;
  const key = identifierKey(code);
  return {
    query: spell(code),
    matches: (other) => [other.id, ...identifierTexts(other)].some((text) => identifierKey(text) === key),
  };
}

function askPart(product: Product, cut: (key: string) => string): KnownItem | undefined {
  const code = identifierTexts(product).find(isModelNumber);
  if (code === undefined || identifierKey(code).length <= MIN_PART_LENGTH) return undefined;
  const part = cut(lettersOf(code));
  if (!/\d/.test(part)) return undefined;
  return {
    query: part,
    matches: (other) => identifierTexts(other).some((text) => lettersOf(text).includes(part)),
  };
}

function isTradeNumber(code: string): boolean {
  return /^(?:\d{8}|\d{9}[\dX]|\d{12,14})$/i.test(code.replace(/[\s-]/g, ''));
}

function isModelNumber(code: string): boolean {
  return !isTradeNumber(code) && /\d/.test(code) && lettersOf(code).length >= 4;
}

/** Randomly changes or removes spaces and hyphens, adds them between letters and digits, and changes case. */
function respelt(text: string, random: () => number): string {
  const any = (): string => BREAKS[Math.floor(random() * BREAKS.length)] ?? '';
  const broken = text
    .replace(/[\s-]+/g, (found) => (random() < 0.3 ? any() : found))
    .replace(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu, () => (random() < 0.15 ? any() : ''));
  const dice = random();
  if (dice < 0.33) return broken.toLowerCase();
  return dice < 0.66 ? broken.toUpperCase() : broken;
}

/** Randomly adds or removes leading zeros, and groups digits as printed under a barcode. */
function regrouped(code: string, random: () => number): string {
  const digits = code.replace(/[\s-]/g, '');
  const dice = random();
  const padded =
    dice < 0.33
      ? digits.replace(/^0+/, '')
      : dice < 0.66 && digits.length < 14
        ? digits.padStart(14, '0')
        : digits;
  return random() < 0.5 ? padded : padded.replace(/(?<=^\d)|(?<=^\d{7})/g, random() < 0.5 ? ' ' : '-');
}

function firstWord(product: Product): string {
  return product.brand ?? product.title?.split(/\s+/)[0] ?? '';
}

function lastWord(product: Product): string {
  return /\p{L}+(?=[^\p{L}]*$)/u.exec(product.title ?? '')?.[0] ?? '';
}

function lettersOf(text: string): string {
  return foldLetters(text).replace(/[^\p{L}\p{N}]+/gu, '');
}
