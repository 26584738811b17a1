import { expect, it } from 'vitest';
import { type OrderLine, readOrders } from '../../src/events/readOrders.js';
import { fileOf } from '../support/temporaryFolder.js';

async function linesOf(ending: string, content: string): Promise<OrderLine[]> {
  const lines: OrderLine[] = [];
  for await (const line of readOrders(fileOf(ending, content))) lines.push(line);
  return lines;
}

const said = (line: OrderLine) =>
  'event' in line ? line.event : `${line.line} ${line.field}: ${line.reason}`;

it('reads one purchase per line', async () => {
  const [first] = await linesOf(
    '.csv',
    'order_id,date,product_id,quantity,price,client_id\n1001,2026-11-30 14:05,mug-1,2,"€ 9,50",abc\n',
  );
  expect(first).toMatchObject({
    event: {
      action_name: 'purchase',
      timestamp: '2026-11-30T14:05:00.000Z',
      client_id: 'abc',
      event_attributes: {
        object: { object_id: 'mug-1' },
        ...{ quantity: 2, price: 9.5, order_id: '1001' },
      },
    },
  });
});

it("takes the date of an order's first line for the others, as Shopify writes it", async () => {
  const lines = await linesOf(
    '.csv',
    'Name,Created at,Lineitem quantity,Lineitem price,Lineitem sku\n#7,2026-11-30,1,5.00,a\n#7,,3,2.00,b\n#8,,1,1.00,c\n',
  );
  expect(lines.map(said)).toMatchObject([
    { timestamp: '2026-11-30T00:00:00.000Z' },
    { timestamp: '2026-11-30T00:00:00.000Z', event_attributes: { quantity: 3, order_id: '#7' } },
    '4 Created at: found ""; expected a date',
  ]);
});

it('gives a line the same key each time, and equal lines of one order different ones', async () => {
  const content = 'order,date,sku\n1,2026-11-30,a\n1,2026-11-30,a\n2,2026-11-30,a\n';
  const keys = async () =>
    (await linesOf('.csv', content)).map((line) =>
      'event' in line ? Reflect.get(Object(line.event.event_attributes), 'event_id') : undefined,
    );
  const first = await keys();
  expect(new Set(first).size).toBe(3);
  expect(await keys()).toEqual(first);
});

it('names what cannot be read by line and column', async () => {
  const lines = await linesOf(
    '.csv',
    'order,date,sku,qty,price\n1,soon,a,1,2\n1,2026-11-30,,1,2\n1,2026-11-30,a,none,2\n1,2026-11-30,a,0,2\n1,2026-11-30,a,1,free\n',
  );
  expect(lines.map(said)).toEqual([
    '2 date: found "soon"; expected a date',
    '3 sku: found no product',
    '4 qty: found "none"; expected a number above 0',
    '5 qty: found "0"; expected a number above 0',
    '6 price: found "free"; expected a price',
  ]);
});

it('refuses a file without a needed column', async () => {
  await expect(linesOf('.csv', 'order,sku\n1,a\n')).rejects.toThrow(
    /has no column with the date: found order, sku; expected one named date, created at, order date or similar\.$/,
  );
});
