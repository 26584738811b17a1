import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftVersion } from '../../../src/taxonomy/edit/draftVersion.js';
import { type Edit, editTaxonomy } from '../../../src/taxonomy/edit/editTaxonomy.js';
import { lintTaxonomy } from '../../../src/taxonomy/lint/lint.js';
import { lintMigration } from '../../../src/taxonomy/migrate/lintMigration.js';
import { type Taxonomy, taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';

const START: Taxonomy = taxonomySchema.parse({
  format: 1,
  version: '1',
  language: 'en',
  owner: 'Kim',
  changelog: [{ version: '1', date: '2026-01-01', changes: ['Started.'] }],
  carried: ['color'],
  attributes: [
    {
      id: 'color',
      name: 'Color',
      type: 'enum',
      values: [{ name: 'Red', aliases: ['Crimson'] }, { name: 'Blue' }, { name: 'Navy' }, { name: 'Green' }],
    },
    { id: 'weight', name: 'Weight', type: 'number+unit', unit: 'kg' },
  ],
  categories: [{ id: 'mugs', name: 'Mugs', aliases: ['Cups'] }],
});
const NEXT = { version: '2', date: '2026-02-01' };
const WORDS = ['Red', 'Crimson', 'Blue', 'Navy', 'Green', 'Teal', 'Lime', 'teal'];

const word = fc.constantFrom(...WORDS);
const edits = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('rename-value' as const), value: word, to: word }),
    fc.record({ kind: fc.constant('merge-value' as const), value: word, into: word }),
    fc.record({ kind: fc.constant('add-alias' as const), value: word, alias: word }),
    fc.record({ kind: fc.constant('add-value' as const), value: word, aliases: fc.constant<string[]>([]) }),
  ),
  { maxLength: 8 },
);

/** Each spelling with the number of the value that it belongs to, and the name of each value. */
class NaiveValues {
  readonly owner = new Map<string, number>();
  readonly names: string[] = [];

  constructor() {
    for (const spellings of [['Red', 'Crimson'], ['Blue'], ['Navy'], ['Green']]) this.add(spellings);
  }

  add(spellings: readonly string[]): void {
    for (const text of spellings) this.owner.set(text.toLowerCase(), this.names.length);
    this.names.push(spellings[0] ?? '');
  }

  /** False for an edit that does not fit. */
  apply(edit: { readonly kind: string; value: string; to?: string; into?: string; alias?: string }): boolean {
    const at = this.names.indexOf(edit.value);
    const known = (text = '') => this.owner.get(text.toLowerCase());
    if (edit.kind === 'add-value') {
      if (known(edit.value) !== undefined) return false;
      this.add([edit.value]);
      return true;
    }
    if (at === -1) return false;
    if (edit.kind === 'merge-value') {
      const into = this.names.indexOf(edit.into ?? '');
      if (into === -1 || into === at) return false;
      for (const [text, value] of this.owner) if (value === at) this.owner.set(text, into);
      this.names[at] = '';
      return true;
    }
    const text = (edit.kind === 'rename-value' ? edit.to : edit.alias) ?? '';
    const other = known(text);
    if (other !== undefined && !(edit.kind === 'rename-value' && other === at)) return false;
    this.owner.set(text.toLowerCase(), at);
    if (edit.kind === 'rename-value') this.names[at] = text;
    return true;
  }
}

test('edits agree with a naive model, and their migration leads every old value to its new name', () => {
  fc.assert(
    fc.property(edits, (wanted) => {
      const model = new NaiveValues();
      const taken: Edit[] = [];
      let taxonomy = START;
      for (const edit of wanted.map((one): Edit => ({ ...one, attribute: 'color' }))) {
        const fits = 'value' in edit && model.apply(edit);
        if (!fits) {
          expect(() => editTaxonomy(taxonomy, edit)).toThrow();
          continue;
        }
        taxonomy = editTaxonomy(taxonomy, edit);
        taken.push(edit);
      }
      if (taken.length === 0) return;
      const { taxonomy: next, migration } = draftVersion(START, taken, NEXT);
      expect(next.attributes).toEqual(taxonomy.attributes);
      const view = viewTaxonomy(next);
      const attribute = view.attribute('color');
      if (attribute?.type !== 'enum') throw new Error('color lost its values');
      for (const [text, value] of model.owner)
        expect(view.canonical(attribute, text)).toBe(model.names[value]);
      expect(lintTaxonomy(next).filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(lintMigration(migration, next, START).filter(({ severity }) => severity === 'error')).toEqual(
        [],
      );
      for (const step of migration.values) {
        const [old] = 'rename' in step ? [step.rename] : 'merge' in step ? step.merge : [];
        expect('to' in step && step.to).toBe(model.names[model.owner.get(old?.toLowerCase() ?? '') ?? -1]);
      }
    }),
    { numRuns: 300 },
  );
});

test('names of categories and attributes change; old names stay as aliases', () => {
  const { taxonomy } = draftVersion(
    START,
    [
      { kind: 'rename-category', category: 'mugs', to: 'Mugs & cups' },
      { kind: 'rename-attribute', attribute: 'weight', to: 'Mass' },
      { kind: 'attribute-aliases', attribute: 'color', aliases: ['Colour', 'colour', 'Color'] },
    ],
    NEXT,
  );
  expect(taxonomy.categories[0]).toMatchObject({ name: 'Mugs & cups', aliases: ['Cups', 'Mugs'] });
  expect(taxonomy.attributes).toMatchObject([{ aliases: ['colour'] }, { name: 'Mass', aliases: ['Weight'] }]);
  expect(taxonomy.changelog.at(-1)).toMatchObject({ version: '2', changes: expect.arrayContaining([]) });
  const onNumber: Edit = { kind: 'add-value', attribute: 'weight', value: '1 kg', aliases: [] };
  expect(() => editTaxonomy(START, onNumber)).toThrow('weight has no list of values');
});
