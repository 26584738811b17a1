import { expect, it } from 'vitest';
import { shelfwright } from '../../examples/typed-client/typedClient.js';
import { openShop } from '../http/algolia/shop.js';

it('typed-client asks with typed parameters and gets typed answers', async () => {
  const shop = await openShop();
  const address = await shop.app.listen({ host: '127.0.0.1', port: 0 });
  const client = shelfwright(address, shop.key());
  const { total, hits } = await client.get('/v1/search', { q: 'lamp', per_page: 2, facets: 'brand' });
  // Numbers and texts are what the compiler takes them for.
  expect(total.toFixed(0)).toBe('9');
  expect(hits.map(({ product }) => product.title?.includes('lamp'))).toEqual([true, true]);
  // @ts-expect-error there is no such parameter
  await expect(client.get('/v1/search', { query: 'lamp' })).rejects.toThrow(/^400 /);
  await expect(shelfwright(address).get('/v1/search')).rejects.toThrow(/^401 This needs a key/);
  await shop.close();
});
