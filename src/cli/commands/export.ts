import { type Command, Option } from 'commander';
import { exportGoogleFeed, type FeedReport } from '../../catalog/export/exportGoogleFeed.js';
import { UsageError } from '../../domain/errors.js';
import type { Product } from '../../domain/product.js';
import type { Reader } from '../../service/reader.js';
import { currencyCode } from '../../text/currencies.js';
import { type CommonOptions, DONE_WITH_QUARANTINE, wholeNumber } from '../options.js';
import { withReader } from '../withReader.js';
import { withStoreToRead } from '../withStore.js';

interface ExportFlags extends CommonOptions {
  readonly shop: string;
  readonly title?: string;
  readonly link?: string;
  readonly image?: string;
  readonly currency?: string;
  readonly related: number;
  readonly problems?: string;
}

/** Google takes 30; further ones are asked for because some are variants or are not in the feed. */
const MAX_RELATED = 30;
const SPARE = 20;

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the products of the store, with their blanks filled, as a feed for another system')
    .argument('<out>', 'feed.tsv or feed.xml, for gzip feed.tsv.gz or feed.xml.gz')
    .addOption(new Option('--format <format>', 'whose specification').choices(['google']).default('google'))
    .requiredOption('--shop <url>', 'address of the shop, which relative addresses are relative to')
    .option('--title <text>', 'name of the shop (default: its host)')
    .option('--link <url>', 'page of products without a url: https://shop.example/p/{id}')
    .option('--image <url>', 'image of products without one: https://shop.example/images/{id}.jpg')
    .option('--currency <code>', 'currency of prices without one', currency)
    .option(
      '--related <number>',
      'similar products to name as substitutes',
      wholeNumber('--related', 0, MAX_RELATED),
      0,
    )
    .option(
      '--problems <file>',
      'where products that break a rule are listed (default: <out>.problems.jsonl)',
    )
    .action(async (out: string, flags: ExportFlags) => {
      if (flags.related === 0) return write(out, flags, undefined);
      await withReader(flags, (reader) => write(out, flags, reader), { workers: 1, indexed: true });
    });
}

async function write(out: string, flags: ExportFlags, reader: Reader | undefined): Promise<void> {
  const { format, gzip } = formatOf(out);
  const shop = addressOf('--shop', flags.shop);
  const problems = flags.problems ?? `${out}.problems.jsonl`;
  await withStoreToRead(flags, async (store, terminal) => {
    const report = await exportGoogleFeed(store, {
      ...{ out, format, gzip, problems, shop: shop.href, title: flags.title ?? shop.host },
      ...{ link: flags.link, image: flags.image, currency: flags.currency },
      similar: reader === undefined ? undefined : (product) => substitutesOf(product, reader, flags.related),
      maxSimilar: flags.related,
      progress: terminal.progress,
    });
    terminal.result({ ...report, out }, describe(report, out, problems));
    if (report.leftOut > 0) process.exitCode = DONE_WITH_QUARANTINE;
  });
}

/** Similar products of its own category that are no variants of it, the most similar first. */
function substitutesOf({ id, group_id }: Product, reader: Reader, wanted: number): string[] {
  const { hits } = reader.similar({ ids: [id], limit: wanted + SPARE, explain: true });
  return hits
    .filter(({ product, explain }) => explain?.category === 'same' && !isVariant(product.group_id, group_id))
    .map((hit) => hit.id);
}

function isVariant(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other;
}

function describe({ products, written, problems, seconds }: FeedReport, out: string, file: string): string[] {
  const counts = Object.entries(problems)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([field, count]) => `${count} of ${field}`);
  return [
    `${written} of ${products} products written to ${out} (${seconds.toFixed(1)} s).`,
    ...(counts.length === 0 ? [] : [`Problems: ${counts.join(', ')}; see ${file}.`]),
  ];
}

function formatOf(out: string): { format: 'tsv' | 'xml'; gzip: boolean } {
  const gzip = /\.gz$/i.test(out);
  const extension = /\.(tsv|txt|xml)$/i.exec(gzip ? out.slice(0, -3) : out)?.[1]?.toLowerCase();
  if (extension === undefined)
    throw new UsageError(`<out> takes a name that ends with .tsv or .xml, found '${out}'.`, {
      field: '<out>',
    });
  return { format: extension === 'xml' ? 'xml' : 'tsv', gzip };
}

function addressOf(flag: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new UsageError(`${flag} takes an address such as https://shop.example, found '${text}'.`, {
    field: flag,
  });
}

function currency(text: string): string {
  const code = currencyCode(text);
  if (code === undefined)
    throw new UsageError(`--currency takes a code such as EUR, found '${text}'.`, { field: '--currency' });
  return code;
}
