import { useEffect, useState } from 'preact/hooks';
import type { FacetRange } from '../shared/api.js';
import { shownValue } from '../shared/format.js';
import { positionOf, priceScale } from './priceScale.js';
import { priceOf, type State } from './state.js';

interface Props {
  readonly ranges: readonly FacetRange[];
  readonly state: State;
  readonly onChange: (next: State) => void;
}

/** Prices as a histogram with a slider for each end, and as two numbers to type. */
export function PriceFilter({ ranges, state, onChange }: Props) {
  const { min, max } = state;
  const scale = priceScale(ranges, min, max);
  const change = (ends: { readonly min?: number | undefined; readonly max?: number | undefined }) =>
    onChange({ ...state, ...ends, page: 1 });
  const last = scale === undefined ? 0 : scale.counts.length;
  const from = scale === undefined ? 0 : positionOf(scale, min, 0);
  const to = scale === undefined ? 0 : upperPosition(scale.edges, max, last);
  const [ends, setEnds] = useState<readonly [number, number]>([from, to]);
  useEffect(() => setEnds([from, to]), [from, to]);
  if (scale === undefined && min === undefined && max === undefined) return null;
  const most = Math.max(1, ...(scale?.counts ?? []));
  /** The ends with one of them moved, which cannot pass the other. */
  const moved = (slider: HTMLInputElement, lower: boolean): readonly [number, number] => {
    const position = Number(slider.value);
    const next: readonly [number, number] = lower
      ? [Math.min(position, ends[1] - 1), ends[1]]
      : [ends[0], Math.max(position, ends[0] + 1)];
    slider.value = String(lower ? next[0] : next[1]);
    return next;
  };
  /** A slider at the end of the scale does not filter. */
  const filter = ([low, high]: readonly [number, number]) =>
    change({
      min: low === 0 ? undefined : scale?.edges[low],
      max: high === last ? undefined : scale?.edges[high],
    });
  const words = (position: number) => shownEdge(scale?.edges[position]);
  return (
    <fieldset class="facet prices">
      <legend>Price</legend>
      {scale !== undefined && (
        <div class="histogram">
          <svg class="bars" viewBox={`0 0 ${last} 1`} preserveAspectRatio="none" aria-hidden="true">
            {scale.counts.map((count, place) => (
              <rect
                key={scale.edges[place]}
                class={place >= ends[0] && place < ends[1] ? 'bar in' : 'bar'}
                x={place + 0.06}
                width={0.88}
                y={1 - height(count, most)}
                height={height(count, most)}
              />
            ))}
          </svg>
          <div class="sliders">
            {[true, false].map((lower) => (
              <input
                key={String(lower)}
                type="range"
                aria-label={lower ? 'Lowest price' : 'Highest price'}
                aria-valuetext={words(lower ? ends[0] : ends[1])}
                min={0}
                max={last}
                value={lower ? ends[0] : ends[1]}
                onInput={({ currentTarget }) => setEnds(moved(currentTarget, lower))}
                onChange={({ currentTarget }) => filter(moved(currentTarget, lower))}
              />
            ))}
          </div>
        </div>
      )}
      <div class="ends">
        <End name="From" placeholder="0" value={min} onChange={(value) => change({ min: value })} />
        <End name="To" placeholder="any" value={max} onChange={(value) => change({ max: value })} />
      </div>
    </fieldset>
  );
}

interface EndProps {
  readonly name: string;
  readonly placeholder: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

function End({ name, placeholder, value, onChange }: EndProps) {
  // What is being typed stays when an answer arrives meanwhile.
  const [typed, setTyped] = useState<string | undefined>();
  return (
    <label>
      <span>{name}</span>
      <input
        inputMode="decimal"
        autocomplete="off"
        placeholder={placeholder}
        value={typed ?? value ?? ''}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={({ currentTarget }) => {
          setTyped(undefined);
          onChange(priceOf(currentTarget.value));
        }}
      />
    </label>
  );
}

/** A bar is visible even if its share is small. */
function height(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(0.06, count / most);
}

function upperPosition(
  edges: readonly (number | undefined)[],
  max: number | undefined,
  last: number,
): number {
  if (max === undefined) return last;
  const position = edges.findIndex((edge) => edge === undefined || edge >= max);
  return position < 0 ? last : Math.max(1, position);
}

function shownEdge(edge: number | undefined): string {
  return edge === undefined ? 'any' : shownValue(edge);
}
