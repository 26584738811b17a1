import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('vectors of the store', () => {
  it('come back to the bit, from a slice of a larger buffer too', () => {
    const store = openStore(temporaryFolder());
    const block = Float32Array.from([0.1, -2, Number.MIN_VALUE, 3.5, 7]);
    store.vectors.set('k', block.subarray(1, 4));
    expect(store.vectors.get('k')).toEqual(block.slice(1, 4));
    expect(store.vectors.get('other')).toBeUndefined();
    store.close();
  });
});
