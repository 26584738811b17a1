import type { Answer } from '../../shared/call.js';

export type Preview = Answer<'/v1/uploads/preview', 'post'>;
export type Column = Preview['columns'][number];
export type Mapping = Answer<'/v1/mappings', 'get'>['mappings'][number];

export const ATTRIBUTE = 'attributes.';

/** The field that each column is read as, by its key; '' for one that is kept as it is. */
export type Choices = Readonly<Record<string, string>>;

/** What was guessed, or what the mapping of the preview said. */
export function choicesOf({ columns, fields }: Pick<Preview, 'columns' | 'fields'>): Choices {
  return Object.fromEntries(
    columns.map(({ key, field }) => [key, field !== null && canHold(field, fields) ? field : '']),
  );
}

/** The choices with one column changed; another column with the same field is kept as it is. */
export function withChoice(choices: Choices, key: string, field: string): Choices {
  const others = Object.entries(choices).map(([other, held]): [string, string] => [
    other,
    held === field ? '' : held,
  ]);
  return { ...Object.fromEntries(others), [key]: field };
}

/** The choices as the service reads them: field -> column. */
export function mapOf(preview: Preview, choices: Choices): Record<string, string> {
  // These exports have columns that depend on each other, so only what was changed is said.
  const isPlain = preview.layout === 'plain' && preview.format !== 'jsonl';
  const guessed = choicesOf(preview);
  const chosen = Object.entries(choices).filter(
    ([key, field]) => field !== '' && (isPlain || field !== guessed[key]),
  );
  return Object.fromEntries(chosen.map(([key, field]) => [field, key]));
}

export function hasId(choices: Choices): boolean {
  return Object.values(choices).includes('id');
}

function canHold(field: string, fields: readonly string[]): boolean {
  return field.startsWith(ATTRIBUTE) || fields.includes(field);
}
