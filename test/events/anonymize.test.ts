import { expect, it } from 'vitest';
import { anonymizeQueryId, maskPersonalData } from '../../src/events/anonymize.js';

it.each([
  ['mail to ada.l+x@shop.example please', 'mail to … please'],
  ['from 203.0.113.77 today', 'from … today'],
  ['host 2001:db8::8a2e:370:7334', 'host …'],
  ['call +491715550199', 'call …'],
  ['call 0171 555 01 99 now', 'call … now'],
  ['call (030) 5550-1234', 'call …'],
  ['card 4111 1111 1111 1111', 'card …'],
  ['card 4111111111111111', 'card …'],
])('hides what is personal in %j', (text, masked) => {
  expect(maskPersonalData(text)).toBe(masked);
});

it.each([
  'red dress under 100',
  'iphone 15 pro 256 gb',
  '4006381333931',
  'size 10-12 2-pack',
  'screws 4.0 x 40',
  '12:30 alarm clock',
  'rj45 cat.6',
  '1/4 inch 20 unc',
])('leaves %j as it is', (text) => {
  expect(maskPersonalData(text)).toBe(text);
});

it('keeps the random id of a search, and hashes any other', () => {
  const salt = Buffer.alloc(32, 1);
  const random = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
  expect(anonymizeQueryId(random, salt)).toBe(random);
  expect(anonymizeQueryId('ada@shop.example', salt)).toMatch(/^[\w-]{22}$/);
});
