/** JSON Schema of the known fields of a product, beyond what `productSchema` says; others are kept as they come. */
export const PRODUCT_FIELDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  id: { description: "The merchant's own id." },
  title: { description: 'The name that shoppers see.' },
  description: { description: 'Text, with or without markup.' },
  category: { description: 'A path, its levels joined by " > ".' },
  price: { description: 'In units of the currency. A live field: a change embeds nothing again.' },
  currency: { description: 'ISO 4217, such as EUR.' },
  availability: { description: 'A word such as in_stock. A live field.' },
  stock: { description: 'Pieces. A live field.' },
  url: { description: "The product's page." },
  image: { description: 'The address of a picture.' },
  gtin: { description: 'EAN, UPC, ISBN or another GTIN.' },
  group_id: { description: 'The same for the variants of one product; see the parameter group.' },
  attributes: { description: 'Names to values: texts, numbers, booleans, or lists of them.' },
  categories: { description: 'Paths of all categories of a product that has several.' },
  status: { description: 'active, draft or archived; searches find active ones unless they ask for others.' },
  sku: { description: 'An identifier: the query finds it in any spacing.' },
  mpn: { description: 'An identifier, as sku is.' },
  rating: { description: 'A number, to sort and filter by.' },
  popularity: {
    description: 'A number; popular products rank a little higher. sales is read where it is missing.',
  },
  _shelfwright: {
    description:
      'Only in answers: the values that the enricher filled or suggests, with evidence and confidence.',
    type: 'object',
    properties: { facts: { type: 'array', items: { $ref: '#/components/schemas/Fact' } } },
    required: ['facts'],
  },
};
