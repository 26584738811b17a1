// Creates an API key for each client and shows what each may do. From the first key on, every request needs one.
// Usage: node examples/api-keys/apiKeys.mjs, on the machine of the service
import { execFileSync } from 'node:child_process';
import { request } from '../request.mjs';

const [command, ...first] = (process.env.SHELFWRIGHT ?? 'npx shelfwright').split(' ');
const shelfwright = (...args) =>
  JSON.parse(execFileSync(command, [...first, ...args, '--json'], { encoding: 'utf8' }));

// For the web page: searches only, and only products that are public. Visitors can read this key.
const page = shelfwright(
  'keys',
  'create',
  '--name',
  'web page',
  '--scope',
  'search',
  '--filter',
  'price < 30',
);
// For the system that sends prices, and for merchandisers: also writes.
const prices = shelfwright('keys', 'create', '--name', 'prices', '--scope', 'write');
// For the operator's scripts: everything.
const operator = shelfwright('keys', 'create', '--name', 'operator', '--scope', 'admin');

for (const key of [page, prices, operator]) {
  const attempts = {
    search: ['GET', '/v1/search?q=&per_page=1'],
    write: ['POST', '/v1/products', { body: [{ id: 'example', title: 'Example product', price: 50 }] }],
    admin: ['GET', '/metrics'],
  };
  const allowed = [];
  for (const [name, [method, path, options]] of Object.entries(attempts)) {
    const answer = await request(method, path, { ...options, key: key.key }).catch(() => undefined);
    if (answer !== undefined) allowed.push(name === 'search' ? `search (${answer.total} products)` : name);
  }
  console.log(`${key.name}: ${allowed.join(', ')}`);
}

const without = await request('GET', '/v1/search?q=', { key: undefined }).catch((error) => error.message);
console.log(`without a key: ${without}`);
