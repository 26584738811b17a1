import type { Command } from 'commander';
import { UserError } from '../../domain/errors.js';
import { MAX_SIMILAR, similarRequestSchema } from '../../search/similar/similarSchemas.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { openTerminal } from '../terminal.js';
import { withReader } from '../withReader.js';

interface SimilarFlags extends CommonOptions {
  readonly limit: number;
  readonly filter?: string;
  readonly explain?: boolean;
}

export function addSimilar(program: Command): void {
  program
    .command('similar')
    .description('list products similar to one, or to several together')
    .argument('<id...>', "the merchant's own ids")
    .option('--limit <number>', 'number of products', wholeNumber('--limit', 1, MAX_SIMILAR), 10)
    .option('--filter <filter>', "only products that match: brand = 'Acme' AND price < 50")
    .option('--explain', 'explain the score of each product')
    .action(async (ids: string[], flags: SimilarFlags) => {
      await withReader(
        flags,
        async (reader) => {
          const { unknown, hits } = reader.similar(
            similarRequestSchema.parse({
              ids,
              limit: flags.limit,
              explain: flags.explain === true,
              ...(flags.filter !== undefined && { filter: flags.filter }),
            }),
          );
          if (unknown.length > 0) {
            throw new UserError(`No product has the id ${unknown.join(', ')}: use ids of the catalog.`);
          }
          openTerminal(flags).result({ ids, hits }, [
            `${hits.length} similar to ${ids.join(', ')}`,
            ...hits.map(({ id, score, product, explain }, index) => {
              const { title, category, price, currency } = product;
              const about = [
                category,
                price === undefined ? undefined : `${price} ${currency ?? ''}`.trim(),
              ].filter((part) => part !== undefined);
              const why =
                explain === undefined
                  ? ''
                  : `: ${explain.by} ${explain.similarity.toFixed(3)}, category ${explain.category} × ${explain.factors.category}, price × ${explain.factors.price.toFixed(2)}`;
              return [
                `${String(index + 1).padStart(3)}. ${title ?? '(no title)'}  [${id}]`,
                `     ${about.join(' · ')}  (${score.toFixed(3)}${why})`,
              ].join('\n');
            }),
          ]);
        },
        { workers: 1, indexed: true },
      );
    });
}
