import type { LiveIndex } from '../../index/liveIndex.js';
import { lintAgainstCatalog } from './lintAgainstCatalog.js';
import { lintPins } from './lintPins.js';
import { lintConditions, lintEffects } from './lintRule.js';
import { lintSynonyms } from './lintSynonyms.js';
import { readRules } from './readRules.js';
import { type Found, placeFindings, type RuleFinding } from './ruleFinding.js';
import type { Rules } from './ruleSchema.js';

export interface LintedRules {
  /** Undefined if a finding is an error: such rules must not be used. */
  readonly rules: Rules | undefined;
  readonly findings: RuleFinding[];
}

/**
 * Finds all problems of a rules file, in the order of the text. With an index, also names that the catalog
 * lacks, as warnings, because catalogs change after rules are published. `now`, in milliseconds since 1970,
 * decides which rules have ended. Never throws.
 */
export function lintRules(text: string, catalog: LiveIndex | undefined, now = Date.now()): LintedRules {
  const { rules, raw, findings: found } = readRules(text);
  const all: Found[] = [...found];
  if (rules !== undefined) {
    all.push(...duplicateIds(rules));
    for (const [place, rule] of rules.rules.entries()) {
      const path = ['rules', place];
      all.push(...lintConditions(rule, path, now), ...lintEffects(rule, path));
      if (catalog !== undefined) all.push(...lintAgainstCatalog(rule, path, catalog));
    }
    all.push(...lintPins(rules), ...lintSynonyms(rules, catalog));
  }
  const usable = rules !== undefined && all.every(({ severity }) => severity !== 'error');
  return { rules: usable ? rules : undefined, findings: placeFindings(text, raw, all) };
}

function duplicateIds({ rules }: Rules): Found[] {
  const first = new Map<string, number>();
  return rules.flatMap(({ id }, place): Found[] => {
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, place);
      return [];
    }
    const message = `rule ${before + 1} of the list also has the id ${JSON.stringify(id)}: give each rule its own id`;
    return [{ severity: 'error', kind: 'duplicate-id', path: ['rules', place, 'id'], message }];
  });
}
