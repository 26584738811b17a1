import type { Product } from '../shared/api.js';
import { pieces } from '../shared/evidence.js';
import { categoryLevels, shownFact, shownField, textOf } from '../shared/format.js';
import { Offer } from './Offer.js';
import { Picture } from './Picture.js';
import { factsOf, isSpan } from './reasons.js';
import { Swatches } from './Swatches.js';

interface Props {
  readonly product: Product;
  readonly variants: readonly Product[];
  /** The index of the fact whose words are emphasised. */
  readonly lit: number | undefined;
  readonly onVariant: (variant: Product) => void;
}

/** Picture, title, price and description; the words that filled values quote are marked. */
export function ProductHead({ product, variants, lit, onVariant }: Props) {
  const known = factsOf(product);
  const spans = known.flatMap((fact, index) =>
    isSpan(fact.evidence) ? [{ span: fact.evidence, key: String(index) }] : [],
  );
  const titleOf = (keys: readonly string[]) =>
    keys
      .flatMap((key) => known[Number(key)] ?? [])
      .map(({ field, value }) => `${shownField(field)}: ${shownFact(field, value)}`)
      .join('\n');
  const quoted = (field: string, fallback = '') =>
    pieces(
      textOf(product, field) || fallback,
      spans.filter(({ span }) => span.field === field),
    ).map(({ text, keys }) =>
      keys.length === 0 ? (
        text
      ) : (
        <mark class={keys.includes(String(lit)) ? 'lit' : undefined} title={titleOf(keys)}>
          {text}
        </mark>
      ),
    );
  const address = textOf(product, 'url');
  return (
    <div class="head">
      <Picture product={product} />
      <div class="head-words">
        <p class="breadcrumb">{categoryLevels(textOf(product, 'category')).join(' › ')}</p>
        <h2 id="product-title">{quoted('title', product.id)}</h2>
        {textOf(product, 'brand') !== '' && <p class="brand">{quoted('brand')}</p>}
        <Offer product={product} />
        {variants.length > 1 && (
          <Swatches count={variants.length} variants={variants} shown={product} onChoose={onVariant} />
        )}
        {/^https?:\/\//i.test(address) && (
          <p>
            <a class="button primary" href={address} rel="noopener noreferrer" target="_blank">
              See it in the shop
            </a>
          </p>
        )}
        {textOf(product, 'description') !== '' && <p class="description">{quoted('description')}</p>}
      </div>
    </div>
  );
}
