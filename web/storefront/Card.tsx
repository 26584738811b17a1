import { useState } from 'preact/hooks';
import type { Hit, Product, Tier } from '../shared/api.js';
import { followed } from '../shared/followed.js';
import { shownTitle, textOf } from '../shared/format.js';
import { addressOf, type Go } from './address.js';
import { Marked } from './Marked.js';
import { Offer } from './Offer.js';
import { Picture } from './Picture.js';
import { Swatches } from './Swatches.js';
import type { State } from './state.js';

const TIERS: Record<Tier, string> = {
  exact: 'exact match',
  all: 'every word',
  partial: 'some words',
  semantic: 'by meaning',
};

interface Props {
  readonly hit: Hit;
  /** Its place in the whole result, from 1; for the events of client.js. */
  readonly position: number;
  readonly state: State;
  readonly go: Go;
  /** The products of its group, once they are known. */
  readonly variants: readonly Product[];
  readonly developer: boolean;
}

/** A hit; its link opens the product. Of several variants the chosen one is shown. */
export function Card({ hit, position, state, go, variants, developer }: Props) {
  const [chosen, setChosen] = useState<string>();
  const product = variants.find(({ id }) => id === chosen) ?? hit.product;
  const own = product.id === hit.id;
  const title = shownTitle(product);
  const next = { ...state, product: product.id };
  const brand = textOf(product, 'brand');
  const count = hit.variants?.count ?? 1;
  return (
    <li class="card" data-sw-id={hit.id} data-sw-position={position}>
      <Picture product={product} />
      <div class="card-words">
        <p class="brand">{own ? <Marked hit={hit} field="brand" text={brand} /> : brand}</p>
        <h3>
          <a href={addressOf(next)} onClick={followed(() => go(next))}>
            {own ? <Marked hit={hit} field="title" text={title} /> : title}
          </a>
        </h3>
        <Offer product={product} />
        {own && typeof hit._highlight?.description === 'string' && (
          <p class="snippet">
            <Marked hit={hit} field="description" text="" />
          </p>
        )}
        {count > 1 && (
          <Swatches count={count} variants={variants} shown={product} onChoose={({ id }) => setChosen(id)} />
        )}
        {developer && (
          <p class={`tier tier-${hit.tier}`}>
            {TIERS[hit.tier]} · {hit.score.toFixed(3)}
          </p>
        )}
      </div>
    </li>
  );
}
