import { fieldsIn } from '../filter/matchProduct.js';
import type { CompiledRule, CompiledRules } from './compileRules.js';

/** The fields that the effects of a rule depend on. */
export function fieldsOfRule({
  hidden,
  kept,
  scoreChanges,
  fieldWeights,
  inStockFirst,
  newFirst,
}: CompiledRule): string[] {
  const filters = [hidden, kept, ...scoreChanges.map(({ filter }) => filter)];
  return [
    ...filters.flatMap((filter) => (filter === undefined ? [] : fieldsIn(filter))),
    ...fieldWeights.map(({ field }) => field),
    ...(inStockFirst ? ['stock', 'availability'] : []),
    ...(newFirst === undefined ? [] : [newFirst.field]),
  ];
}

/** When the next rule begins or ends, in milliseconds since 1970. */
export function nextChange({ moments, clock }: CompiledRules): number {
  const now = clock();
  return moments.find((moment) => moment > now) ?? Number.POSITIVE_INFINITY;
}
