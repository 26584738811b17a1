import type { Command } from 'commander';
import { openService } from '../../service/openService.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { serviceOptionsOf } from '../serviceOptions.js';
import { openTerminal } from '../terminal.js';

interface SuggestFlags extends CommonOptions {
  readonly limit: number;
}

export function addSynonyms(program: Command): void {
  program
    .command('synonyms')
    .description('words that people use for what the catalog calls otherwise')
    .command('suggest')
    .description('lines for synonyms.yaml, from searches that found nothing; nothing is applied by itself')
    .option('--limit <number>', 'how many queries to look at', wholeNumber('--limit', 1, 1000), 50)
    .action(async (flags: SuggestFlags) => {
      const shop = await openService(serviceOptionsOf(flags));
      try {
        const suggestions = await shop.synonymSuggestions(flags.limit);
        const lines = suggestions.flatMap(({ line, searches, nearest, asked }) => [
          line,
          `    # searched ${searches} times; near: ${nearest.map(({ text, similarity, products }) => `${text} (${similarity}, ${products} products)`).join(', ')}`,
          ...(asked.length === 0
            ? []
            : [
                `    # found something: ${asked.map(({ query, found }) => `${query} (${found})`).join(', ')}`,
              ]),
        ]);
        openTerminal(flags).result(
          { suggestions },
          lines.length === 0 ? ['No search that found nothing is near to what the catalog names.'] : lines,
        );
      } finally {
        await shop.close();
      }
    });
}
