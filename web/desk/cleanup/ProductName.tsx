import type { Answer } from '../../shared/call.js';

type Product = Answer<'/v1/audit/findings', 'get'>['findings'][number]['product'];

/** A product's title, with a link to it in the storefront, and its id. */
export function ProductName({ id, product }: { readonly id: string; readonly product: Product }) {
  if (product === null) return <span class="about">{id}, deleted since</span>;
  return (
    <>
      <a href={`/?product=${encodeURIComponent(id)}`}>{String(product.title ?? id)}</a>
      <span class="about id">{id}</span>
    </>
  );
}
