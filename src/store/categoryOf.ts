/**
 * In SQL, a product's category: the merchant's, else the one that is believed or suggested. The enricher says nothing
 * of a category that the merchant filled, so its word is asked first: it is the quickest to read.
 */
export function categoryOf(productId: string): string {
  return `coalesce(
  (select json_extract(c.value, '$') from facts c
    where c.product_id = ${productId} and c.field = 'category' and c.source = 'model' and c.status in ('applied', 'suggested')),
  (select nullif(trim(json_extract(p.record, '$.category')), '') from products p where p.id = ${productId}),
  (select json_extract(c.value, '$') from facts c
    where c.product_id = ${productId} and c.field = 'category' and c.source = 'reviewer' and c.status = 'applied'))`;
}
