import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDate, readDate, timeOf } from '../../src/text/dates.js';

test.each([
  ['2023-02-07', '2023-02-07'],
  ['2023-2-7', '2023-02-07'],
  ['2023/02/07', '2023-02-07'],
  ['2023-02', '2023-02-01'],
  ['2023-02-07T18:30:00Z', '2023-02-07T18:30:00Z'],
  ['2023-02-07T18:30:00+02:00', '2023-02-07T16:30:00Z'],
  ['2023-02-07 18:30', '2023-02-07T18:30:00Z'],
  ['2023-02-07T18:30:00.250-0530', '2023-02-08T00:00:00.250Z'],
  ['07.02.2023', '2023-02-07'],
  ['7.2.2023 08:05', '2023-02-07T08:05:00Z'],
  ['07.02.23', '2023-02-07'],
  ['28/02/2023', '2023-02-28'],
  ['02/28/2023 12:15 AM', '2023-02-28T00:15:00Z'],
  ['28-02-2023', '2023-02-28'],
  ['7 Feb 2023', '2023-02-07'],
  ['7. März 2023', '2023-03-07'],
  ['February 7th, 2023', '2023-02-07'],
  ['7 de marzo de 2023', '2023-03-07'],
  ['7-Dez-2023', '2023-12-07'],
  ['29 février 2024', '2024-02-29'],
])('%s is the date %s', (text, iso) => {
  expect(formatDate(readDate(text)?.time ?? 0)).toBe(iso);
});

test.each([
  '2023-02-30',
  '2023-13-01',
  '30.02.2023',
  '13/13/2023',
  '2023-02-07T25:00',
  '1.2.10',
  '10.12',
  '2023',
  '5-10 cm',
  '3/4',
  '12 May',
  '12 Mai Tai 2023',
  '2023-02-07 and later',
  '1234-5678-9012',
])('%s is no date', (text) => {
  expect(readDate(text)).toBeUndefined();
});

test('the order of day and month is open where both can be months, and proved where one cannot', () => {
  const open = readDate('03/04/2023');
  if (open === undefined) throw new Error('no date');
  expect(formatDate(timeOf(open, 'day first'))).toBe('2023-04-03');
  expect(formatDate(timeOf(open, 'month first'))).toBe('2023-03-04');
  expect(readDate('05/05/2023')?.monthFirst).toBeUndefined();
  expect(readDate('13/04/2023')?.proves).toBe('day first');
  expect(readDate('04/13/2023')?.proves).toBe('month first');
  expect(readDate('03.04.2023')?.monthFirst).toBeUndefined();
});

test('a date reads back from every notation', () => {
  const day = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString();
      const [year, month, dayOfMonth] = iso.slice(0, 10).split('-');
      const start = Date.parse(iso.slice(0, 10));
      expect(readDate(iso)?.time).toBe(date.getTime());
      expect(Date.parse(formatDate(date.getTime()))).toBe(date.getTime());
      expect(readDate(`${dayOfMonth}.${month}.${year}`)?.time).toBe(start);
      const slashes = readDate(`${month}/${dayOfMonth}/${year}`);
      expect(slashes && timeOf(slashes, 'month first')).toBe(start);
    }),
    { numRuns: 200 },
  );
});

test('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-/.: TZ+Maiy,') }), (text) => {
      const date = readDate(text);
      if (date !== undefined) expect(Number.isFinite(date.time)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
