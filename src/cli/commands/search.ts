import type { Command } from 'commander';
import { searchRequestSchema } from '../../search/request.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { openTerminal } from '../terminal.js';
import { withReader } from '../withReader.js';

interface SearchFlags extends CommonOptions {
  readonly limit: number;
  readonly filter?: string;
  readonly understand: boolean;
  readonly ignore?: string;
  readonly explain?: boolean;
  readonly relax: boolean;
  readonly correct: boolean;
}

export function addSearch(program: Command): void {
  program
    .command('search')
    .description('search the serving generation')
    .argument('<query>', 'what to look for')
    .option('--limit <number>', 'how many hits to list', wholeNumber('--limit', 1, 250), 10)
    .option('--filter <filter>', "only what passes: brand = 'Acme' AND price < 50")
    .option('--no-understand', 'read nothing but words in the query: no prices, negations or values')
    .option('--ignore <filters>', "readings of the query to leave out: brand = 'Acme' AND price < 50")
    .option('--no-correct', 'take every word as typed')
    .option('--explain', 'say for each hit where its score comes from')
    .option('--no-relax', 'find nothing rather than ask for less')
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
              ...(flags.filter !== undefined && { filter: flags.filter }),
            }),
          );
          const terminal = openTerminal(flags);
          for (const reason of reader.health().reasons) terminal.note(reason);
          const { corrections, synonyms } = answer.understood;
          terminal.result(answer, [
            ...(corrections.length > 0 ? [`read: ${corrections.join(', ')} (as typed: --no-correct)`] : []),
            ...(synonyms.length > 0 ? [`also looked for: ${synonyms.join(', ')}`] : []),
            `${answer.total} found in ${answer.took_ms.toFixed(1)} ms (${answer.mode}, generation ${answer.generation})`,
            ...answer.understood.relaxed.map((given) => `nothing found as asked; ${given}:`),
            ...answer.understood.readings.map(
              ({ text, filter, strict }) => `${strict ? 'only' : 'first'} ${filter}  (“${text}”)`,
            ),
            ...answer.hits.map((hit, place) => {
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
                `${String(place + 1).padStart(3)}. ${String(title ?? '(no title)')}  [${hit.id}]`,
                `     ${about.filter((part) => part !== undefined).join(' · ')}  (${hit.tier}, ${hit.score.toFixed(3)}${shares.length > 0 ? `: ${shares.join(', ')}` : ''})`,
              ].join('\n');
            }),
          ]);
        },
        { workers: 1, indexed: true },
      );
    });
}
