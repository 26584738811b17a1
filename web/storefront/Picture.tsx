import { useEffect, useState } from 'preact/hooks';
import type { Product } from '../shared/api.js';
import { textOf } from '../shared/format.js';
import { colourOf, toneOf } from './drawings/colours.js';
import { shapeOf } from './drawings/shapeOf.js';

/** The product's image; if it has none or it fails to load, a drawing of its kind in its colour. */
export function Picture({ product }: { readonly product: Product }) {
  const address = pictureAddress(textOf(product, 'image'));
  const [failed, setFailed] = useState(false);
  // Another address may work.
  useEffect(() => setFailed(false), [address]);
  return (
    <div class="picture">
      {address === undefined || failed ? (
        <Placeholder category={textOf(product, 'category')} colour={colourOf(product)} />
      ) : (
        <img
          src={address}
          alt=""
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          onError={() => setFailed(true)}
        />
      )}
    </div>
  );
}

interface PlaceholderProps {
  readonly category: string;
  /** `#rrggbb` */
  readonly colour: string;
  /** Whether it stands on a shelf, without a background. */
  readonly standing?: boolean;
}

/** The same category always gets the same drawing. */
export function Placeholder({ category, colour, standing = false }: PlaceholderProps) {
  return (
    <svg
      class={standing ? 'standing' : `placeholder ${toneOf(colour)}`}
      viewBox={standing ? '0 0 120 78.4' : '0 0 120 90'}
      preserveAspectRatio={standing ? 'xMidYMax meet' : 'xMidYMid meet'}
      aria-hidden="true"
      style={{ '--main': colour }}
    >
      {shapeOf(category).paths.map(([role, d]) => (
        <path class={role} d={d} />
      ))}
    </svg>
  );
}

function pictureAddress(given: string): string | undefined {
  if (given === '' || !URL.canParse(given, location.href)) return undefined;
  const address = new URL(given, location.href);
  return address.protocol === 'http:' || address.protocol === 'https:' ? address.href : undefined;
}
