import { useEffect, useState } from 'preact/hooks';
import { type FacetValue, search, type Value } from '../shared/api.js';
import { shownField, shownValue } from '../shared/format.js';
import { COLOUR_FIELD, colourNamed } from './drawings/colours.js';
import { requestOf } from './requestOf.js';
import { type State, toggled } from './state.js';

const SHOWN_AT_FIRST = 7;
/** A list that is longer can be searched. */
const SEARCHABLE = 14;
/** As many values as an answer lists: there may be more. */
const FACET_LIMIT = 100;
const PAUSE_MS = 150;

interface Props {
  readonly field: string;
  readonly values: readonly FacetValue[];
  readonly state: State;
  readonly onChange: (next: State) => void;
}

/** The values of a field with their counts: selected ones first, then by count. Colours have a swatch. */
export function FacetList({ field, values, state, onChange }: Props) {
  const [unfolded, setUnfolded] = useState(false);
  const [typed, setTyped] = useState('');
  const chosen = state.filters[field] ?? [];
  const all = withChosen(values, chosen);
  const found = useMatching(field, all, typed, state);
  const atFirst = Math.max(SHOWN_AT_FIRST, chosen.length);
  const shown = typed !== '' || unfolded ? found : found.slice(0, atFirst);
  const name = shownField(field);
  const coloured = COLOUR_FIELD.test(field);
  return (
    <fieldset class="facet">
      <legend>{name}</legend>
      {all.length > SEARCHABLE && (
        <input
          type="search"
          class="facet-search"
          aria-label={`Search ${name.toLowerCase()}`}
          placeholder={`Search ${name.toLowerCase()}`}
          autocomplete="off"
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      <ul class={typed !== '' || unfolded ? 'long' : undefined}>
        {shown.map(({ value, count }) => (
          <li key={String(value)}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={() => onChange(toggled(state, field, value))}
              />
              <span class="facet-value" title={shownValue(value)}>
                {coloured && <Swatch value={value} />}
                {shownValue(value)}
              </span>
              <span class="count">{count.toLocaleString()}</span>
            </label>
          </li>
        ))}
      </ul>
      {typed !== '' && shown.length === 0 && <p class="about">None has “{typed.trim()}”.</p>}
      {typed === '' && all.length > atFirst && (
        <button
          type="button"
          class="quiet"
          aria-expanded={unfolded}
          aria-label={unfolded ? `Show fewer: ${name}` : `Show all ${all.length}: ${name}`}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? 'Show fewer' : `Show all ${all.length}`}
        </button>
      )}
    </fieldset>
  );
}

function Swatch({ value }: { readonly value: Value }) {
  const colour = colourNamed(String(value));
  return (
    <span
      class={colour === undefined ? 'dot many' : 'dot'}
      aria-hidden="true"
      style={colour === undefined ? undefined : { '--swatch': colour }}
    />
  );
}

function withChosen(values: readonly FacetValue[], chosen: readonly Value[]): readonly FacetValue[] {
  const missing = chosen.filter((value) => !values.some((other) => other.value === value));
  const all = [...values, ...missing.map((value) => ({ value, count: 0 }))];
  return [
    ...all.filter(({ value }) => chosen.includes(value)),
    ...all.filter(({ value }) => !chosen.includes(value)),
  ];
}

/** The values that match what was typed. The service is asked if the list may not hold all of them. */
function useMatching(
  field: string,
  all: readonly FacetValue[],
  typed: string,
  state: State,
): readonly FacetValue[] {
  const [asked, setAsked] = useState<{ readonly text: string; readonly values: readonly FacetValue[] }>();
  const text = typed.trim();
  const partial = all.length >= FACET_LIMIT;
  // Another answer has other values.
  useEffect(() => {
    if (text === '' || !partial) return;
    const asking = new AbortController();
    const pause = setTimeout(() => {
      const request = { ...requestOf(state), page: 1, per_page: 1, facet_query: `${field}:${text}` };
      search({ ...request, facets: [field] }, asking.signal)
        .then(({ facets }) => setAsked({ text, values: facets[field] ?? [] }))
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      asking.abort();
    };
  }, [field, text, partial, all]);
  if (text === '') return all;
  if (partial && asked?.text === text) return asked.values;
  return all.filter(({ value }) => shownValue(value).toLowerCase().includes(text.toLowerCase()));
}
