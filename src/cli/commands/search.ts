import { type Command, Option } from 'commander';
import type { Hit } from '../../search/searchAnswer.js';
import { SEARCH_STATUSES, type SearchStatus, searchRequestSchema } from '../../search/searchRequest.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { openTerminal } from '../terminal.js';
import { withReader } from '../withReader.js';

interface SearchFlags extends CommonOptions {
  readonly limit: number;
  readonly filter?: string;
  readonly status?: SearchStatus;
  readonly understand: boolean;
  readonly ignore?: string;
  readonly explain?: boolean;
  readonly relax: boolean;
  readonly correct: boolean;
  readonly fields?: string;
}

export function addSearch(program: Command): void {
  program
    .command('search')
    .description('search the current generation')
    .argument('<query>', 'the query')
    .option('--limit <number>', 'number of hits', wholeNumber('--limit', 1, 250), 10)
    .option('--filter <filter>', "only products that match: brand = 'Acme' AND price < 50")
    .addOption(
      new Option('--status <status>', 'find products of another status than active').choices(SEARCH_STATUSES),
    )
    .option('--no-understand', 'do not read prices, negations or values in the query')
    .option('--ignore <filters>', "interpretations of the query to ignore: brand = 'Acme' AND price < 50")
    .option('--no-correct', 'do not correct mistyped words')
    .option('--explain', 'explain the score of each hit')
    .option('--no-relax', 'do not drop conditions if nothing matches')
    .option(
      '--fields <fields>',
      'fields of the products to print with --json, separated by commas: title,attributes.color; * for all but _shelfwright',
    )
    .action(async (query: string, flags: SearchFlags) => {
      await withReader(
        flags,
        async (reader) => {
          const answer = await reader.search(
            searchRequestSchema.parse({
              q: query,
              per_page: flags.limit,
              understand: flags.understand,
              explain: flags.explain === true,
              ...(flags.ignore !== undefined && { ignore: flags.ignore }),
              relax: flags.relax,
              correct: flags.correct,
              // What people read needs more than these.
              ...(flags.json === true &&
                flags.fields !== undefined && {
                  fields: flags.fields.split(',').map((field) => field.trim()),
                }),
              ...(flags.filter !== undefined && { filter: flags.filter }),
              ...(flags.status !== undefined && { status: flags.status }),
            }),
          );
          const terminal = openTerminal(flags);
          for (const reason of reader.health().reasons) terminal.note(reason);
          const { corrections, synonyms } = answer.understood;
          terminal.result(answer, [
            ...(corrections.length > 0
              ? [`corrected: ${corrections.join(', ')} (--no-correct searches as typed)`]
              : []),
            ...(synonyms.length > 0 ? [`also searched for: ${synonyms.join(', ')}`] : []),
            `${answer.total} found in ${answer.took_ms.toFixed(1)} ms (${answer.mode}, generation ${answer.generation})`,
            ...answer.understood.relaxed.map((given) => `nothing matches the whole query; ${given}:`),
            ...answer.understood.readings.map(
              ({ text, filter, strict }) => `${strict ? 'only' : 'preferred'}: ${filter}  (from “${text}”)`,
            ),
            ...answer.hits.map(describeHit),
            ...(answer.close_products === undefined
              ? []
              : [
                  answer.total === 0
                    ? 'Nothing matches; the closest products are:'
                    : 'These are close to that:',
                ]),
            ...(answer.close_products ?? []).map(describeHit),
          ]);
        },
        { workers: 1, indexed: true },
      );
    });
}

function describeHit(hit: Hit, index: number): string {
  const { title, brand, category, price, currency } = hit.product;
  const about = [
    brand,
    category,
    price === undefined ? undefined : `${String(price)} ${String(currency ?? '')}`.trim(),
  ];
  const shares = Object.entries(hit.explain?.shares ?? {}).map(
    ([name, share]) => `${name} ${share.toFixed(3)}`,
  );
  return [
    `${String(index + 1).padStart(3)}. ${String(title ?? '(no title)')}  [${hit.id}]`,
    `     ${about.filter((part) => part !== undefined).join(' · ')}  (${hit.tier}, ${hit.score.toFixed(3)}${shares.length > 0 ? `: ${shares.join(', ')}` : ''})`,
  ].join('\n');
}
