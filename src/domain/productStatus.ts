/** Whether a product is on sale. Only active ones are found, unless a search asks for others. */
export const STATUSES = ['active', 'draft', 'archived'] as const;
export type ProductStatus = (typeof STATUSES)[number];

/** The status of a product: draft or archived if its field `status` says so, in any case. */
export function statusOf(product: { readonly [field: string]: unknown }): ProductStatus {
  const { status } = product;
  if (typeof status !== 'string') return 'active';
  const word = status.trim().toLowerCase();
  return word === 'draft' || word === 'archived' ? word : 'active';
}
