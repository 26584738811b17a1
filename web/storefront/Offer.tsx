import type { Product } from '../shared/api.js';
import { shownAvailability, shownPrice } from '../shared/format.js';

/** Price and availability, if known. */
export function Offer({ product }: { readonly product: Product }) {
  const price = shownPrice(product);
  const availability = shownAvailability(product);
  return (
    <p class="offer">
      {price !== undefined && <span class="price">{price}</span>}
      {availability !== undefined && (
        <span class={availability.there ? 'there' : 'gone'}>{availability.words}</span>
      )}
    </p>
  );
}
