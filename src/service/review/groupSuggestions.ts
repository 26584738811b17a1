import { governingTaxonomy } from '../../catalog/taxonomy/governingTaxonomy.js';
import type { AttributeValue } from '../../domain/product.js';
import { type Reason, reasonOf, sayReason, stateOf } from '../../domain/suggestion.js';
import type { Store } from '../../store/open.js';
import type { SuggestionFilter } from '../../store/suggestions.js';
import { type CounterExample, findCounterExamples } from './findCounterExamples.js';
import type { Narrowing, Paging, SuggestionsRequest } from './reviewRequests.js';
import { type SuggestedProduct, suggestedProduct } from './suggestedProduct.js';

/** Suggestions of one value of one field for one reason, which one decision can settle. */
export interface GroupedSuggestions {
  readonly group: string;
  readonly field: string;
  readonly value: AttributeValue;
  readonly reason: Reason & { readonly says: string };
  readonly count: number;
  readonly confidence: { readonly min: number; readonly max: number; readonly mean: number };
  /** What the list is ordered by: the expected number of right suggestions; a category counts three times. */
  readonly worth: number;
  /** For the decision's `shown`: it changes when the products in the group change. */
  readonly state: string;
  readonly examples: SuggestedProduct[];
}

export interface SuggestionsPage extends Paging {
  /** Groups, and suggestions in them, over all pages. */
  readonly total: number;
  readonly suggestions: number;
  /** What is open by field, whatever the field of the request; most suggestions first. */
  readonly fields: { readonly field: string; readonly groups: number; readonly suggestions: number }[];
  readonly groups: GroupedSuggestions[];
}

export interface MembersPage extends Paging, Omit<GroupedSuggestions, 'examples' | 'worth'> {
  readonly counter_examples: CounterExample[];
  readonly products: SuggestedProduct[];
}

const EXAMPLES = 5;

/** A page of groups of undecided suggestions, those first that settle most. */
export function groupSuggestions(store: Store, request: SuggestionsRequest): SuggestionsPage {
  const { page, per_page, ...filters } = request;
  const filter = store.suggestions.resolve(filters);
  const { groups, suggestions } = store.suggestions.count(filter);
  const { field: _, ...anyField } = filters;
  return {
    total: groups,
    suggestions,
    page,
    per_page,
    fields: store.suggestions.countByField(store.suggestions.resolve(anyField)),
    groups: store.suggestions.groups(filter, per_page, (page - 1) * per_page).flatMap((one) => {
      const described = describeGroup(store, { ...filter, group: one.group });
      return described === undefined ? [] : [{ ...described, worth: rounded(one.worth) }];
    }),
  };
}

/** The suggestions of one group, the most confident first; undefined for an unknown group. */
export function listMembers(
  store: Store,
  group: string,
  request: Narrowing & Paging,
): MembersPage | undefined {
  const { page, per_page, ...narrowing } = request;
  const filter = store.suggestions.resolve({ ...narrowing, group });
  const described = describeGroup(store, filter);
  if (described === undefined) return undefined;
  const { examples: _, ...rest } = described;
  const members = store.suggestions.list(filter, per_page, (page - 1) * per_page);
  return {
    ...{ ...rest, page, per_page },
    counter_examples: findCounterExamples(store, governingTaxonomy(store), filter, rest.count),
    products: members.map((one) => suggestedProduct(store, one)),
  };
}

/** A group as a person sees it, without its worth; undefined where nothing passes the filter. */
export function describeGroup(
  store: Store,
  filter: SuggestionFilter & { readonly group: string },
): Omit<GroupedSuggestions, 'worth'> | undefined {
  const ids = store.suggestions.products(filter);
  const examples = sampleEvenly(ids, EXAMPLES).flatMap(
    (id) => store.suggestions.ofProduct(filter.group, id) ?? [],
  );
  const [summary] = store.suggestions.groups(filter, 1, 0);
  const [first] = examples;
  if (first === undefined || summary === undefined) return undefined;
  const { field, value } = first.fact;
  const reason = reasonOf(first.fact);
  return {
    group: filter.group,
    field,
    value,
    reason: { ...reason, says: sayReason(reason) },
    count: ids.length,
    confidence: { min: summary.min, max: summary.max, mean: rounded(summary.mean) },
    state: stateOf(ids),
    examples: examples.map((one) => suggestedProduct(store, one)),
  };
}

/** Items spread evenly over all, including the first and the last: the most and the least confident. */
function sampleEvenly<Item>(all: readonly Item[], max: number): Item[] {
  if (all.length <= max) return [...all];
  const step = (all.length - 1) / (max - 1);
  return Array.from({ length: max }, (_, nth) => Math.round(nth * step)).flatMap((place) =>
    all.slice(place, place + 1),
  );
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
