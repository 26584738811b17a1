import type { SearchAnswer } from '../shared/api.js';
import { CategoryTree } from './CategoryTree.js';
import { FacetList } from './FacetList.js';
import { PriceFilter } from './PriceFilter.js';
import type { State } from './state.js';

interface Props {
  readonly answer: SearchAnswer;
  readonly state: State;
  readonly onChange: (next: State) => void;
}

/** Category, price, brand, then the other fields in the order of the answer. */
export function Filters({ answer, state, onChange }: Props) {
  const shared = { state, onChange };
  return (
    <>
      <CategoryTree tree={answer.category_tree ?? []} {...shared} />
      <PriceFilter ranges={answer.facet_ranges?.price ?? []} {...shared} />
      {fieldsInOrder(answer, state).map((field) => (
        <FacetList key={field} field={field} values={answer.facets[field] ?? []} {...shared} />
      ))}
    </>
  );
}

/** A field with a single value is useless as a filter, unless it is selected. Category and price have their own. */
function fieldsInOrder({ facets }: SearchAnswer, state: State): string[] {
  const fields = [...new Set(['brand', ...Object.keys(facets), ...Object.keys(state.filters)])];
  return fields.filter(
    (field) =>
      field !== 'category' &&
      field !== 'price' &&
      ((facets[field] ?? []).length > 1 || state.filters[field] !== undefined),
  );
}
