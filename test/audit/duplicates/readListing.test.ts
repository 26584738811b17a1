import { expect, it } from 'vitest';
import { codeOf, readWords } from '../../../src/audit/duplicates/readListing.js';

it('reads model numbers as one normalised word, and no quantity as a model number', () => {
  expect(codeOf('kdl-40v4100')).toBe('kdl40v4100');
  expect(codeOf('920-000264')).toBe('920000264');
  expect(codeOf('161bk')).toBe('161bk');
  for (const chunk of ['5-disc', '2.4ghz', '120gb', '12-pack', 'mp3', '10.2', '2019', 'surround-5']) {
    expect(codeOf(chunk), chunk).toBeUndefined();
  }
});

it('reads equal quantities as equal in any unit', () => {
  const inches = readWords('Monitor 27" wide 2200 W').quantities;
  const centimetres = readWords('Monitor 68.6 cm wide 2.2 kW').quantities;
  expect([...inches]).toEqual([...centimetres]);
  expect(readWords('Heater 2200 W').codes.size).toBe(0);
});
