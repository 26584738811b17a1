import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { previewFile } from '../../src/formats/previewFile.js';
import { MAPPABLE_FIELDS } from '../../src/formats/source.js';
import { source } from './source.js';

type Choices = Readonly<Record<string, string>>;
interface Preview {
  readonly format: string;
  readonly layout: string;
  readonly fields: readonly string[];
  readonly columns: readonly { readonly key: string; readonly name: string; readonly field: string | null }[];
}
const {
  choicesOf,
  withChoice,
  mapOf,
}: {
  choicesOf(preview: Preview): Choices;
  withChoice(choices: Choices, key: string, field: string): Choices;
  mapOf(preview: Preview, choices: Choices): Record<string, string>;
} = await source('desk/upload/mapping.ts');

const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-mapping-'));
const NAMES = [
  'SKU',
  'Name',
  'Marke',
  'Preis',
  'Colour',
  'Colour',
  'Größe, EU',
  'Notes',
  'URL',
  '',
  'Material',
];

async function read(columns: readonly string[], map?: Record<string, string>): Promise<Preview> {
  const file = path.join(folder, 'feed.csv');
  const quoted = (cells: readonly string[]) => cells.map((cell) => JSON.stringify(cell)).join(',');
  writeFileSync(file, `${quoted(columns)}\n${quoted(columns.map((_, at) => `value ${at}`))}\n`);
  const preview = await previewFile(file, { map });
  return {
    ...preview,
    fields: MAPPABLE_FIELDS,
    columns: preview.columns.map(({ field, ...column }) => ({ ...column, field: field ?? null })),
  };
}

test('a file read by the map of the chosen columns has them as chosen', async () => {
  const columns = fc.shuffledSubarray(NAMES, { minLength: 2 });
  const changes = fc.array(
    fc.tuple(
      fc.nat(NAMES.length),
      fc.constantFrom('id', 'title', 'brand', 'price', 'attributes.size', 'attributes.Colour'),
    ),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(columns, changes, async (names, wanted) => {
      const preview = await read(['Key', ...names]);
      let choices = choicesOf(preview);
      for (const [place, field] of [[0, 'id'] as const, ...wanted]) {
        const column = preview.columns[place];
        if (column !== undefined) choices = withChoice(choices, column.key, field);
      }
      const map = mapOf(preview, choices);
      const again = await read(['Key', ...names], map);
      const held = again.columns.map(({ key, field }) => [key, field]);
      for (const [key, field] of Object.entries(choices)) {
        if (field !== '') expect(held).toContainEqual([key, field]);
      }
      // The map says it all: what was read is chosen next time.
      expect(mapOf(again, choicesOf(again))).toMatchObject(map);
    }),
    { numRuns: 40 },
  );
});
