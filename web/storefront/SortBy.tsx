import type { State } from './state.js';

const ORDERS = [
  ['', 'Relevance'],
  ['price:asc', 'Price, low to high'],
  ['price:desc', 'Price, high to low'],
] as const;

interface Props {
  readonly state: State;
  readonly onChange: (next: State) => void;
}

export function SortBy({ state, onChange }: Props) {
  const known = ORDERS.some(([value]) => value === state.sort);
  return (
    <label class="sort">
      <span class="sort-word">Sort by</span>
      <select
        value={state.sort}
        aria-label="Sort by"
        onChange={({ currentTarget }) => onChange({ ...state, sort: currentTarget.value, page: 1 })}
      >
        {ORDERS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
        {!known && <option value={state.sort}>{state.sort}</option>}
      </select>
    </label>
  );
}
