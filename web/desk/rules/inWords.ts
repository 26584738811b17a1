import type { FormRule } from './form.js';

/** When the rule applies: `“rain jacket” or “rain coat”, until Nov 30`. */
export function whenInWords(rule: FormRule): string {
  const anyQuery = rule.is.includes('*');
  const queries = [
    ...rule.is.filter((query) => query !== '*').map((query) => `“${query}”`),
    ...(rule.emptyQuery ? ['the empty search'] : []),
    ...rule.contains.map((words) => `searches with “${words}”`),
  ];
  const parts = [
    queries.length === 0 || anyQuery ? 'Every search' : several(queries, 'or'),
    ...(rule.categories.length > 0 ? [`in ${several(rule.categories, 'or')}`] : []),
    ...(rule.from !== '' ? [`from ${rule.from}`] : []),
    ...(rule.until !== '' ? [`until ${rule.until}`] : []),
  ];
  return parts.join(', ');
}

/** What the rule does, one part an effect. */
export function thenInWords(rule: FormRule): string[] {
  const products = (count: number) => `${count.toLocaleString()} ${count === 1 ? 'product' : 'products'}`;
  return [
    ...(rule.pins.length > 0 ? [`Pins ${products(rule.pins.length)}`] : []),
    ...(rule.hideIds.length > 0 ? [`Hides ${products(rule.hideIds.length)}`] : []),
    ...(rule.hideFilter !== '' ? [`Hides ${rule.hideFilter}`] : []),
    ...rule.boost.map(({ filter, by }) => `Boosts ${filter} by ${by}`),
    ...rule.bury.map(({ filter, by }) => `Buries ${filter} by ${by}`),
    ...(rule.filter !== '' ? [`Shows only ${rule.filter}`] : []),
    ...(rule.inStockFirst ? ['Products in stock first'] : []),
    ...(rule.newField !== '' ? [`New first: ${rule.newField} of the last ${rule.newDays} days`] : []),
    ...rule.byField.map(({ field, weight }) => `Orders by ${field}, weight ${weight}`),
    ...(rule.redirect !== '' ? [`Redirects to ${rule.redirect}`] : []),
  ];
}

/** Searches to try the rule with. */
export function examplesOf(rule: FormRule): string[] {
  return [...rule.is.filter((query) => query !== '*' && query.trim() !== ''), ...rule.contains].slice(0, 3);
}

function several(parts: readonly string[], word: string): string {
  const shown = parts.length > 3 ? [...parts.slice(0, 3), `${parts.length - 3} more`] : parts;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1)}`;
}
