// Receives webhooks: checks the signature, skips deliveries that came before, and prints what happened.
// Usage: WEBHOOK_SECRET=... node examples/webhooks/receiver.mjs [port]
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const MAX_AGE_SECONDS = 300;
const secret = process.env.WEBHOOK_SECRET ?? '';
// Keep these where your data is, with the work itself in one transaction: a delivery may come more than once.
const known = new Set();

/** Whether the body was signed with the secret, not long ago. */
function isSigned(headers, body) {
  const timestamp = headers['x-shelfwright-timestamp'] ?? '';
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= MAX_AGE_SECONDS)) return false;
  const expected = `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
  const found = headers['x-shelfwright-signature'] ?? '';
  return found.length === expected.length && timingSafeEqual(Buffer.from(found), Buffer.from(expected));
}

function handle({ event, job, changes }) {
  if (event === 'job.finished') console.log(`job ${job.kind}: ${job.state}`);
  else for (const { sequence, id, kind } of changes) console.log(`change ${sequence}: ${id} ${kind}`);
}

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  if (!isSigned(request.headers, body)) {
    console.log('refused: the signature is wrong');
    response.writeHead(401).end();
    return;
  }
  const delivery = JSON.parse(body.toString());
  if (!known.has(delivery.id)) handle(delivery);
  known.add(delivery.id);
  // Anything but 2xx makes the service send it again. Answer within ten seconds; do long work afterwards.
  response.writeHead(204).end();
});
server.listen(Number(process.argv[2] ?? 9000), '127.0.0.1', () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}`),
);
