import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('vectors of the store', () => {
  it('are returned bit by bit, also from a slice of a larger buffer', () => {
    const store = openStore(temporaryFolder());
    const block = Float32Array.from([0.1, -2, Number.MIN_VALUE, 3.5, 7]);
    store.vectors.set('k', block.subarray(1, 4));
    expect(store.vectors.get('k')).toEqual(block.slice(1, 4));
    expect(store.vectors.get('other')).toBeUndefined();
    store.vectors.set('unreadable', new Float32Array(3));
    expect(store.vectors.get('unreadable')).toBeUndefined();
    expect(store.vectors.has('unreadable')).toBe(true);
    expect(store.vectors.stored('unreadable')).toEqual(new Float32Array(3));
    store.close();
  });

  it('keep their first value', () => {
    const store = openStore(temporaryFolder());
    expect(store.vectors.has('k')).toBe(false);
    store.vectors.set('k', Float32Array.of(1, 2));
    store.vectors.set('k', Float32Array.of(3, 4));
    expect(store.vectors.has('k')).toBe(true);
    expect(store.vectors.get('k')).toEqual(Float32Array.of(1, 2));
    store.close();
  });
});
