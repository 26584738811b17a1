import { categoryLevels } from '../../domain/categoryPath.js';
import { addToList } from '../../structures/multimap.js';
import { ANY_QUERY, categoryKey } from './compileRules.js';
import { readRuleDate } from './readRuleDate.js';
import type { Found } from './ruleFinding.js';
import type { Conditions, Rule, Rules } from './ruleSchema.js';
import { readRuleWords } from './ruleWords.js';

/**
 * Finds conflicting pins: a product pinned twice or hidden by one rule, and positions taken twice by one rule
 * or by rules that can apply together.
 */
export function lintPins({ rules }: Rules): Found[] {
  return [...rules.flatMap(withinRule), ...betweenRules(rules)];
}

function withinRule({ then }: Rule, place: number): Found[] {
  const found: Found[] = [];
  const path = ['rules', place, 'then', 'pin'];
  const positions = new Map<number, string>();
  const products = new Set<string>();
  for (const [at, { id, position }] of (then.pin ?? []).entries()) {
    const other = positions.get(position);
    if (products.has(id)) {
      const message = `product ${JSON.stringify(id)} is pinned twice: keep one of its positions`;
      found.push({ severity: 'error', kind: 'pin-conflict', path: [...path, at, 'id'], message });
    } else if (other !== undefined) {
      const message = `position ${position} is taken by ${JSON.stringify(other)}: give each its own`;
      found.push({ severity: 'error', kind: 'pin-conflict', path: [...path, at, 'position'], message });
    }
    if (Array.isArray(then.hide) && then.hide.includes(id)) {
      const message = `product ${JSON.stringify(id)} is pinned and hidden by the same rule; hidden wins, so the pin does nothing`;
      found.push({ severity: 'warning', kind: 'pin-hidden', path: [...path, at, 'id'], message });
    }
    products.add(id);
    if (other === undefined) positions.set(position, id);
  }
  return found;
}

/**
 * Rules certainly apply together if they have the same query (or any), the same category (or any), and
 * overlapping dates.
 */
function betweenRules(rules: readonly Rule[]): Found[] {
  const pinsByOccasion = new Map<string, { rule: Rule; id: string }[]>();
  return rules.flatMap((rule, place) =>
    (rule.then.pin ?? []).flatMap(({ id, position }, at): Found[] => {
      const occasionKeys = occasionsOf(rule.when).map((occasionKey) => `${position} ${occasionKey}`);
      const others = occasionKeys.flatMap((occasionKey) => pinsByOccasion.get(occasionKey) ?? []);
      const other = others.find((one) => one.rule !== rule && one.id !== id && overlap(one.rule, rule));
      for (const occasionKey of occasionKeys) addToList(pinsByOccasion, occasionKey, { rule, id });
      if (other === undefined) return [];
      const message = `rule ${JSON.stringify(other.rule.id)} pins ${JSON.stringify(other.id)} at position ${position} of the same searches; it comes first in the file, so this product is placed right after it`;
      const path = ['rules', place, 'then', 'pin', at, 'position'];
      return [{ severity: 'warning', kind: 'pin-conflict', path, message }];
    }),
  );
}

function occasionsOf({ query, category }: Conditions): string[] {
  const { is = [], contains = [] } = query ?? { is: [ANY_QUERY] };
  const queries = [
    ...is.map((text) => (text === ANY_QUERY ? ANY_QUERY : `is ${readRuleWords(text).key}`)),
    ...contains.map((text) => `contains ${[...readRuleWords(text).words].sort().join(' ')}`),
  ];
  const categories = category?.map((path) => categoryKey(categoryLevels(path))) ?? [''];
  return [...new Set(queries)].flatMap((one) => [...new Set(categories)].map((other) => `${one}\n${other}`));
}

function overlap(one: Rule, other: Rule): boolean {
  const from = ({ when }: Rule) =>
    when.from === undefined ? Number.NEGATIVE_INFINITY : (readRuleDate(when.from) ?? Number.NaN);
  const until = ({ when }: Rule) =>
    when.until === undefined ? Number.POSITIVE_INFINITY : (readRuleDate(when.until, true) ?? Number.NaN);
  return from(one) <= until(other) && from(other) <= until(one);
}
