// Sends price and stock changes as they arrive on standard input: one line of id,price,stock each.
// A change is durable and in the next search when it is answered; nothing is embedded again.
// Usage: node examples/price-updates/streamPrices.mjs < prices.csv
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { request } from '../request.mjs';

const CONCURRENCY = 4;
const counts = { changed: 0, unknown: 0 };
const running = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const [id, price, stock] = line.split(',');
  if (id === 'id' || id === '') continue;
  const update = send(id, { price: Number(price), stock: Number(stock) }).finally(() =>
    running.delete(update),
  );
  running.add(update);
  // Backpressure: read on only when there is room.
  if (running.size >= CONCURRENCY) await Promise.race(running);
}
await Promise.all(running);
console.log(`${counts.changed} changed, ${counts.unknown} unknown`);

async function send(id, change) {
  try {
    await request('PATCH', `/v1/products/${encodeURIComponent(id)}`, {
      body: change,
      // Repeating the request with the same key does not apply the change twice.
      headers: { 'idempotency-key': randomUUID() },
    });
    counts.changed += 1;
  } catch (error) {
    if (!error.message.includes(': 404 ')) throw error;
    counts.unknown += 1;
    console.error(error.message);
  }
}
