import type { Command } from 'commander';
import {
  MAX_SUGGESTIONS,
  type Suggestion,
  suggestRequestSchema,
} from '../../search/suggest/suggestSchemas.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { openTerminal } from '../terminal.js';
import { withReader } from '../withReader.js';

interface SuggestFlags extends CommonOptions {
  readonly limit: number;
}

export function addSuggest(program: Command): void {
  program
    .command('suggest')
    .description('complete a partial query; without one, list the most popular completions')
    .argument('[prefix]', 'the text typed so far', '')
    .option('--limit <number>', 'number of completions', wholeNumber('--limit', 1, MAX_SUGGESTIONS), 10)
    .action(async (prefix: string, flags: SuggestFlags) => {
      await withReader(
        flags,
        async (reader) => {
          const answer = await reader.suggest(suggestRequestSchema.parse({ q: prefix, limit: flags.limit }));
          const terminal = openTerminal(flags);
          for (const reason of reader.health().reasons) terminal.note(reason);
          terminal.result(answer, [
            `${answer.suggestions.length} suggestions in ${answer.took_ms.toFixed(1)} ms`,
            ...answer.suggestions.map(lineOf),
          ]);
        },
        { workers: 1 },
      );
    });
}

function lineOf({ kind, text, count, filter, id }: Suggestion): string {
  const more = [
    count === undefined ? undefined : `${count} ${count === 1 ? 'product' : 'products'}`,
    filter,
    id === undefined ? undefined : `[${id}]`,
  ].filter((part) => part !== undefined);
  return `  ${kind.padEnd(9)} ${text.replace(/\s+/g, ' ')}  ${more.join(' · ')}`;
}
