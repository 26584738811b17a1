import { createHash } from 'node:crypto';
import { UserError } from '../domain/errors.js';
import { columnKey } from '../formats/layout/layout.js';
import { openSource } from '../formats/source.js';
import { readDate } from '../text/dates.js';
import { readMoney } from '../text/money.js';
import { readNumber } from '../text/numbers.js';

/** Usual names of the columns of an order export, one line per product, as column keys. */
const COLUMNS = {
  order: ['order id', 'order', 'order number', 'order no', 'name', 'invoice', 'bestellnummer', 'bestellung'],
  date: ['date', 'created at', 'order date', 'ordered at', 'paid at', 'datum', 'bestelldatum', 'timestamp'],
  product: [
    'product id',
    'lineitem sku',
    'sku',
    'id',
    'item id',
    'object id',
    'variant sku',
    'artikelnummer',
  ],
  quantity: ['quantity', 'lineitem quantity', 'qty', 'amount', 'count', 'menge', 'anzahl'],
  price: ['price', 'lineitem price', 'unit price', 'item price', 'preis', 'einzelpreis'],
  client: ['client id'],
  query: ['query id'],
} as const;
type Column = keyof typeof COLUMNS;
const REQUIRED: readonly Column[] = ['order', 'date', 'product'];

/** A line of an order as an event, or why it is none. */
export type OrderLine =
  | { readonly line: number; readonly event: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly field: string; readonly reason: string };

/**
 * Reads purchases from an export of orders (CSV, TSV, XLSX, JSONL), one line per bought product. Lines of one order that
 * lack its number or date, as Shopify's do, take them from the line before. Reading a file again gives the same
 * `event_id`s, so that no purchase counts twice.
 * @throws UserError if the file cannot be read, or lacks the column of the order, the date or the product.
 */
export async function* readOrders(path: string): AsyncGenerator<OrderLine> {
  const source = await openSource(path, { requireId: false });
  let columns: Readonly<Record<Column, string | undefined>> | undefined;
  const seen = new Map<string, number>();
  let order = '';
  let date = '';
  for await (const { line, record } of source.rows()) {
    if (record === undefined) {
      yield { line, field: '', reason: 'the line cannot be read' };
      continue;
    }
    columns ??= columnsOf(path, Object.keys(record));
    const cell = (column: Column): string => {
      const name = columns?.[column];
      return name === undefined ? '' : String(record[name] ?? '').trim();
    };
    if (cell('order') !== '' && cell('order') !== order) {
      order = cell('order');
      date = '';
    }
    if (cell('date') !== '') date = cell('date');
    const found = readDate(date);
    const product = cell('product');
    const price = cell('price');
    const amount = price === '' ? undefined : readMoney(price)?.amount;
    const quantity = cell('quantity') === '' ? 1 : readNumber(cell('quantity'));
    if (order === '') yield { line, field: columns.order ?? '', reason: 'found no order number' };
    else if (found === undefined)
      yield { line, field: columns.date ?? '', reason: `found ${JSON.stringify(date)}; expected a date` };
    else if (product === '') yield { line, field: columns.product ?? '', reason: 'found no product' };
    else if (quantity === undefined || quantity <= 0)
      yield {
        line,
        field: columns.quantity ?? '',
        reason: `found ${JSON.stringify(cell('quantity'))}; expected a number above 0`,
      };
    else if (price !== '' && amount === undefined)
      yield { line, field: columns.price ?? '', reason: `found ${JSON.stringify(price)}; expected a price` };
    else {
      const key = `${order}\n${product}`;
      const nth = (seen.get(key) ?? 0) + 1;
      seen.set(key, nth);
      yield {
        line,
        event: {
          action_name: 'purchase',
          timestamp: new Date(found.time).toISOString(),
          client_id: cell('client') || undefined,
          query_id: cell('query') || undefined,
          event_attributes: {
            object: { object_id: product },
            position: { ordinal: 0 },
            quantity,
            price: amount,
            order_id: order,
            event_id: createHash('sha256').update(`order\n${key}\n${nth}`).digest('base64url'),
          },
        },
      };
    }
  }
}

function columnsOf(path: string, names: readonly string[]): Readonly<Record<Column, string | undefined>> {
  const byKey = new Map(names.map((name) => [columnKey(name), name]));
  const find = (column: Column): string | undefined =>
    COLUMNS[column].map((key) => byKey.get(key)).find((name) => name !== undefined);
  for (const column of REQUIRED) {
    if (find(column) !== undefined) continue;
    throw new UserError(
      `${path} has no column with the ${column === 'order' ? 'number of the order' : column}: found ${names.join(', ')}; expected one named ${COLUMNS[column].slice(0, 3).join(', ')} or similar.`,
    );
  }
  return {
    order: find('order'),
    date: find('date'),
    product: find('product'),
    quantity: find('quantity'),
    price: find('price'),
    client: find('client'),
    query: find('query'),
  };
}
