import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUNDLE_FORMAT, packBundle, unpackBundle } from '../../../src/enrich/persistence/bundle.js';

const array = fc.oneof(fc.int8Array(), fc.uint16Array(), fc.int32Array(), fc.float32Array());

test('unpacking restores what was packed, at any alignment', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), array), fc.jsonValue(), fc.nat(9), (named, head, shift) => {
      const bundle = { head: JSON.parse(JSON.stringify(head)), arrays: new Map(Object.entries(named)) };
      const packed = packBundle(bundle);
      const shifted = new Uint8Array(packed.length + shift);
      shifted.set(packed, shift);
      expect(unpackBundle(shifted.subarray(shift), 'test')).toEqual(bundle);
    }),
  );
});

test('another format version is refused with what to do', () => {
  const packed = packBundle({ head: {}, arrays: new Map() });
  packed[4] = BUNDLE_FORMAT + 1;
  expect(() => unpackBundle(packed, 'enricher.bin')).toThrow(
    `enricher.bin has format version ${BUNDLE_FORMAT + 1}, and this Shelfwright reads ${BUNDLE_FORMAT}; delete it, and it will be learned again.`,
  );
});

test('any changed byte is refused', () => {
  const packed = packBundle({ head: { a: 1 }, arrays: new Map([['one', Int32Array.from([1, 2, 3])]]) });
  for (let place = 0; place < packed.length; place++) {
    const flipped = packed.slice();
    flipped[place] = (flipped[place] ?? 0) ^ 4;
    expect(() => unpackBundle(flipped, 'x')).toThrow(/delete it/);
  }
});

test('bytes that are not a bundle, or are cut short, are refused with a clear message', () => {
  expect(() => unpackBundle(Buffer.from('id,title\n1,Kettle'), 'a.csv')).toThrow(
    /^a\.csv is not a saved enricher/,
  );
  const packed = packBundle({ head: { a: 1 }, arrays: new Map([['one', Int32Array.from([1, 2, 3])]]) });
  for (let length = 0; length < packed.length - 7; length++) {
    expect(() => unpackBundle(packed.subarray(0, length), 'x')).toThrow(/delete it/);
  }
});
