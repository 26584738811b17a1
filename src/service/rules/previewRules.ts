import { compileRules } from '../../search/rules/compileRules.js';
import { lintRules } from '../../search/rules/lintRules.js';
import { type EmbedQuery, search } from '../../search/search.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchContext } from '../../search/searchContext.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import { RulesRefused } from './publishRules.js';
import type { RulesPreview } from './ruleBook.js';

/**
 * Runs a search with the current rules and with those of `text`, and compares the two pages.
 * @throws RulesRefused for rules with errors.
 */
export async function previewRules(
  context: () => SearchContext,
  embed: EmbedQuery | undefined,
  text: string,
  request: SearchRequest,
  at: number | undefined,
): Promise<RulesPreview> {
  const { rules, findings } = lintRules(text, context().index, at);
  if (rules === undefined) throw new RulesRefused(findings);
  const proposed = compileRules(rules, at === undefined ? undefined : () => at);
  const now = await search(context, request, embed);
  const withRules = await search(() => ({ ...context(), rules: proposed }), request, embed);
  return { findings, now, with_rules: withRules, changes: changesBetween(now, withRules) };
}

function changesBetween(now: SearchAnswer, withRules: SearchAnswer): RulesPreview['changes'] {
  const before = positionsOf(now);
  const after = positionsOf(withRules);
  return {
    in: [...after].filter(([id]) => !before.has(id)).map(([id, to]) => ({ id, to })),
    out: [...before].filter(([id]) => !after.has(id)).map(([id, from]) => ({ id, from })),
    moved: [...after].flatMap(([id, to]) => {
      const from = before.get(id);
      return from === undefined || from === to ? [] : [{ id, from, to }];
    }),
  };
}

/** Positions by id, from 1 over all pages. */
function positionsOf({ hits, page, per_page }: SearchAnswer): Map<string, number> {
  return new Map(hits.map(({ id }, place) => [id, (page - 1) * per_page + place + 1]));
}
