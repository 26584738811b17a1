import { expect, it } from 'vitest';
import { identityText } from '../../src/domain/identityText.js';

it.each([
  [{ title: ' Oak shelf ' }, 'Oak shelf'],
  [{ title: 'Oak shelf', brand: 'Fernhill' }, 'Fernhill Oak shelf'],
  [{ title: 'Oak shelf by FERN-HILL', brand: 'Fern Hill' }, 'Oak shelf by FERN-HILL'],
  [{ title: 'Oak shelf', brand: ' ', description: 'long' }, 'Oak shelf'],
  [{ brand: ' Fernhill ', description: 'long' }, 'Fernhill'],
  [{ description: `${'x'.repeat(200)}y` }, 'x'.repeat(200)],
  [{ title: ' ', category: 'Shelves', attributes: { color: 'Red' } }, ''],
])('embeds %j as %j', (product, text) => {
  expect(identityText({ id: 'p', ...product })).toBe(text);
});
