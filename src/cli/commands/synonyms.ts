import type { Command } from 'commander';
import { type CommonOptions, wholeNumber } from '../options.js';
import { openTerminal } from '../terminal.js';
import { withReader } from '../withReader.js';

interface SuggestFlags extends CommonOptions {
  readonly limit: number;
}

export function addSynonyms(program: Command): void {
  program
    .command('synonyms')
    .description('find words that people use for what the catalog names differently')
    .command('suggest')
    .description('suggest lines for synonyms.yaml, from searches without hits; nothing is applied')
    .option('--limit <number>', 'number of queries to examine', wholeNumber('--limit', 1, 1000), 50)
    .action(async (flags: SuggestFlags) => {
      await withReader(flags, async (reader) => {
        const suggestions = await reader.synonymSuggestions(flags.limit);
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
          lines.length === 0 ? ['No search without hits is close to a name of the catalog.'] : lines,
        );
      });
    });
}
