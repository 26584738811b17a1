import { useEffect, useRef, useState } from 'preact/hooks';
import { KeyError } from '../shared/call.js';
import { Dialog } from '../shared/Dialog.js';
import { followed } from '../shared/followed.js';
import { shownTitle } from '../shared/format.js';
import { KeyForm } from '../shared/KeyForm.js';
import { addressOf, type Go } from './address.js';
import { Facts } from './Facts.js';
import { Offer } from './Offer.js';
import { Picture } from './Picture.js';
import { ProductHead } from './ProductHead.js';
import type { State } from './state.js';
import { useProduct } from './useProduct.js';
import { WhyHere } from './WhyHere.js';

interface Props {
  readonly id: string;
  readonly state: State;
  readonly go: Go;
  readonly onClose: () => void;
  readonly turn: number;
  /** Called when the user entered a key, where one is required. */
  readonly onKey: () => void;
}

/** A product over the results: all that is known of it, why it is here, and what is like it. */
export function ProductDialog({ id, state, go, onClose, turn, onKey }: Props) {
  const { product, similar, variants, error } = useProduct(id, turn);
  const [lit, setLit] = useState<number>();
  const top = useRef<HTMLDivElement>(null);
  // Another product starts at its top.
  useEffect(() => top.current?.parentElement?.scrollTo(0, 0), [id]);
  const hrefOf = (other: string) => addressOf({ ...state, product: other });
  const open = (other: string) => followed(() => go({ ...state, product: other }));
  return (
    <Dialog class="panel" labelledBy="product-title" onClose={onClose}>
      <button type="button" class="icon-button close" aria-label="Close" onClick={onClose}>
        ×
      </button>
      <div class="panel-body" ref={top}>
        {error !== undefined ? (
          <>
            <h2 id="product-title">{error instanceof KeyError ? 'A key is needed' : id}</h2>
            {error instanceof KeyError ? (
              <KeyForm error={error} onKey={onKey} />
            ) : (
              <p class="waiting">{error.message}</p>
            )}
          </>
        ) : product === undefined ? (
          <h2 id="product-title" class="waiting">
            Loading the product…
          </h2>
        ) : (
          <>
            <ProductHead
              product={product}
              variants={variants}
              lit={lit}
              onVariant={(variant) => go({ ...state, product: variant.id }, { replace: true })}
            />
            <WhyHere state={state} id={id} />
            <Facts
              product={product}
              onPoint={setLit}
              linkTo={(other, words) => (
                <a href={hrefOf(other)} onClick={open(other)}>
                  {words}
                </a>
              )}
            />
            {similar.length > 0 && (
              <section class="similar">
                <h3>More like this</h3>
                <ul>
                  {similar.map((hit) => (
                    <li class="card" key={hit.id}>
                      <Picture product={hit.product} />
                      <div class="card-words">
                        <h4>
                          <a href={hrefOf(hit.id)} onClick={open(hit.id)}>
                            {shownTitle(hit.product)}
                          </a>
                        </h4>
                        <Offer product={hit.product} />
                      </div>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
