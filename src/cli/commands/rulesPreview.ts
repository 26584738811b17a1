import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.js';
import type { Hit } from '../../search/answer.js';
import { searchRequestSchema } from '../../search/request.js';
import { findingLine } from '../../search/rules/finding.js';
import { readMoment } from '../../search/rules/readMoment.js';
import type { RulesPreview } from '../../service/rules/ruleBook.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { rulesFile } from '../rulesFile.js';
import { openTerminal } from '../terminal.js';
import { withReader } from '../withReader.js';

interface PreviewFlags extends CommonOptions {
  readonly limit: number;
  readonly filter?: string;
  readonly at?: number;
}

export function addRulesPreview(rules: Command): void {
  rules
    .command('preview')
    .description('compare a search with the current rules and with those of a file')
    .argument('<file>', 'rules as YAML or JSON')
    .argument('<query>', 'the query')
    .option('--limit <number>', 'number of hits to compare', wholeNumber('--limit', 1, 250), 10)
    .option('--filter <filter>', "only products that match: brand = 'Acme' AND price < 50")
    .option('--at <date>', 'evaluate the rules of the file at this time instead of now', moment)
    .action(async (file: string, query: string, flags: PreviewFlags) => {
      const text = await rulesFile(file);
      await withReader(
        flags,
        async (reader) => {
          const request = searchRequestSchema.parse({
            q: query,
            per_page: flags.limit,
            explain: true,
            ...(flags.filter !== undefined && { filter: flags.filter }),
          });
          const preview = await reader.rules.preview(text, request, flags.at);
          openTerminal(flags).result(preview, linesOf(preview, file));
        },
        { workers: 1, indexed: true },
      );
    });
}

function linesOf({ findings, now, with_rules, changes }: RulesPreview, file: string): string[] {
  const from = new Map(now.hits.map(({ id }, place) => [id, place + 1]));
  const { redirect, rules = [] } = with_rules;
  return [
    ...findings.map((finding) => findingLine(finding, file)),
    `${now.total} found now, ${with_rules.total} with these rules (${rules.join(', ') || 'none applies'})`,
    ...(redirect === undefined ? [] : [`  redirect to ${redirect}`]),
    ...with_rules.hits.map((hit, place) => lineOf(hit, place + 1, from.get(hit.id))),
    ...changes.out.map(({ id, from: place }) => `   -  was ${place}  [${id}] is no longer listed`),
  ];
}

function lineOf({ id, product, explain }: Hit, place: number, before: number | undefined): string {
  const moved = before === place ? '' : before === undefined ? 'new' : `was ${before}`;
  const rules = explain?.rules ?? [];
  return `${String(place).padStart(4)}  ${moved.padEnd(6)}  ${String(product.title ?? '(no title)')}  [${id}]${rules.length > 0 ? `  (${rules.join(', ')})` : ''}`;
}

function moment(text: string): number {
  const at = readMoment(text);
  if (at === undefined)
    throw new UsageError(
      `--at takes a date, for example 2026-11-27 or 2026-11-27T08:00+01:00, found '${text}'.`,
      {
        field: '--at',
      },
    );
  return at;
}
