import { expect, it } from 'vitest';
import { countCompleteness, demandColumn } from '../../src/audit/countCompleteness.js';
import { groupFindings } from '../../src/audit/groupFindings.js';
import type { AuditReport, Finding } from '../../src/audit/report.js';
import { writeHtml } from '../../src/audit/writeHtml.js';
import { writeText } from '../../src/audit/writeText.js';
import type { Product } from '../../src/domain/product.js';
import { toyTaxonomy } from './toyTaxonomy.js';

const evil = '<img src=x onerror="alert(1)">';
const products: Product[] = [
  { id: '1', category: 'Home > Mugs', attributes: { color: 'Red' }, sales: 5 },
  { id: '2', category: 'Home > Mugs', sales: 70 },
  { id: '3', sales: '1' },
];
const options = {
  view: toyTaxonomy(),
  isApplied: () => false,
  demandOf: (product: Product) => Number(product.sales),
};

it('counts cells by category, before and after, and weights gaps by demand', () => {
  const { completeness, gaps } = countCompleteness(products, {
    ...options,
    isApplied: (product, field) => product.id === '1' && field === 'attributes.color',
  });
  // Cells: category, color and weight of two mugs, the category alone of the third.
  expect(completeness).toMatchObject({ before: 2 / 7, after: 3 / 7 });
  expect(completeness.categories[0]).toMatchObject({
    category: 'Home > Mugs',
    rows: 2,
    cells: 6,
    required: { cells: 4, before: 2 / 4, after: 3 / 4 },
  });
  expect(gaps[0]).toEqual({ category: 'Home > Mugs', field: 'attributes.weight', blank: 2, weight: 75 });
  expect(demandColumn(products)).toBe('sales');
  expect(demandColumn([{ id: '1', price: 5 }])).toBeUndefined();
});

const finding = (kind: Finding['kind'], id: string, value: string): Finding => ({
  kind,
  id,
  field: 'attributes.color',
  value,
  message: `says ${value}`,
});
const report: AuditReport = {
  rows: 3,
  quarantined: 0,
  unreadable: {},
  seconds: 1,
  taxonomy: evil,
  drafted: false,
  counts: { spelling: 3, impossible: 1 },
  findings: [
    finding('spelling', 'a', 'NVY'),
    finding('spelling', 'b', evil),
    finding('spelling', 'c', evil),
    finding('impossible', evil, '70 kg'),
  ],
  duplicates: [{ ids: ['a', evil], score: 0.9, reason: evil }],
  variants: [{ ids: ['a', evil], reason: evil }],
  ...countCompleteness(products, options),
  start: countCompleteness(products, options).gaps,
  notes: [evil],
};

it('groups findings, the most severe kind first, then the largest group', () => {
  const groups = groupFindings(report.findings);
  expect(groups.map(({ kind, findings }) => `${kind} ${findings.length}`)).toEqual([
    'impossible 1',
    'spelling 2',
    'spelling 1',
  ]);
});

it('writes lines for a terminal with counts and examples', () => {
  const text = writeText(report).join('\n');
  expect(text.indexOf('Impossible numbers')).toBeLessThan(text.indexOf('One value in several spellings: 3'));
  expect(text).toContain('Likely duplicates: 1 pairs');
  expect(text).toContain('Where to start');
});

it('writes a page that escapes all text and loads nothing', () => {
  const page = writeHtml(report, evil);
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  expect(page).not.toMatch(/(?:src|href)="?https?:|url\(|@import|<script/);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('<svg');
});
