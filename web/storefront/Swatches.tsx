import type { Product } from '../shared/api.js';
import { attributesOf, shownTitle, shownValue } from '../shared/format.js';
import { COLOUR_FIELD, namedColourOf } from './drawings/colours.js';

const MAX_SWATCHES = 6;

interface Props {
  /** How many variants there are. */
  readonly count: number;
  readonly variants: readonly Product[];
  readonly shown: Product;
  readonly onChoose: (variant: Product) => void;
}

/** The colours of a product's variants, each a button that shows the first variant in it. */
export function Swatches({ count, variants, shown, onChoose }: Props) {
  const byColour = new Map<string, Product>();
  // The colour that is shown keeps its own variant.
  for (const variant of [shown, ...variants]) {
    const colour = namedColourOf(variant);
    if (colour !== undefined && !byColour.has(colour)) byColour.set(colour, variant);
  }
  const order = [...new Set(variants.map((variant) => namedColourOf(variant)))];
  const colours = order.flatMap((colour) => {
    const variant = colour === undefined ? undefined : byColour.get(colour);
    return colour === undefined || variant === undefined ? [] : [{ colour, variant }];
  });
  const words = `${count} variants`;
  if (colours.length < 2) return <p class="variants">{words}</p>;
  const current = namedColourOf(shown);
  return (
    <div class="variants" data-sw-action="none">
      <ul class="swatches" aria-label={`Colours of ${shownTitle(shown)}`}>
        {colours.slice(0, MAX_SWATCHES).map(({ colour, variant }) => (
          <li key={colour}>
            <button
              type="button"
              class="swatch"
              aria-pressed={colour === current}
              aria-label={colourName(variant)}
              title={colourName(variant)}
              style={{ '--swatch': colour }}
              onClick={() => onChoose(variant)}
            />
          </li>
        ))}
      </ul>
      <span>{words}</span>
    </div>
  );
}

function colourName(product: Product): string {
  const named = Object.entries(attributesOf(product)).find(([name]) => COLOUR_FIELD.test(name));
  return named === undefined ? shownTitle(product) : shownValue(named[1]);
}
