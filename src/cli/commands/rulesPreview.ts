import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.js';
import { readRuleDate } from '../../search/rules/readRuleDate.js';
import { findingLine } from '../../search/rules/ruleFinding.js';
import type { Hit } from '../../search/searchAnswer.js';
import { searchRequestSchema } from '../../search/searchRequest.js';
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
  const from = new Map(now.hits.map(({ id }, position) => [id, position + 1]));
  const { redirect, rules = [] } = with_rules;
  return [
    ...findings.map((finding) => findingLine(finding, file)),
    `${now.total} found now, ${with_rules.total} with these rules (${rules.join(', ') || 'none applies'})`,
    ...(redirect === undefined ? [] : [`  redirect to ${redirect}`]),
    ...with_rules.hits.map((hit, position) => lineOf(hit, position + 1, from.get(hit.id))),
    ...changes.out.map(({ id, from: position }) => `   -  was ${position}  [${id}] is no longer listed`),
  ];
}

function lineOf({ id, product, explain }: Hit, position: number, before: number | undefined): string {
  const moved = before === position ? '' : before === undefined ? 'new' : `was ${before}`;
  const rules = explain?.rules ?? [];
  return `${String(position).padStart(4)}  ${moved.padEnd(6)}  ${String(product.title ?? '(no title)')}  [${id}]${rules.length > 0 ? `  (${rules.join(', ')})` : ''}`;
}

function moment(text: string): number {
  const at = readRuleDate(text);
  if (at === undefined)
    throw new UsageError(
      `--at takes a date, for example 2026-11-27 or 2026-11-27T08:00+01:00, found '${text}'.`,
      {
        field: '--at',
      },
    );
  return at;
}
