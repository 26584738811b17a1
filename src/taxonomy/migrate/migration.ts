import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { parseYaml, YamlLines } from '../../domain/readYaml.js';

const MIGRATION_FILE = 'migration.yaml';
const MIGRATION_FORMAT = 1;

const id = z.string().min(1);
const why = z.string().optional();

/** One branch of a split, with conditions that must all hold. Ids and values in conditions are those of the old version. */
const branchSchema = z.strictObject({
  to: id,
  /** The product's attribute has one of these values. */
  when: z.strictObject({ attribute: id, is: z.array(z.string().min(1)).min(1) }).optional(),
  /** The product's title or description contains one of these words or phrases. */
  words: z.array(z.string().min(1)).min(1).optional(),
  /** The product's category is one of these or a descendant. */
  category: z.array(id).min(1).optional(),
});

export const ASK = 'ask';

const steps = {
  rename: { rename: id, to: id, why },
  merge: { merge: z.array(id).min(1), to: id, why },
  split: { split: id, into: z.array(branchSchema).min(1), otherwise: id.default(ASK), why },
  deprecate: { deprecate: id, replacement: id, why },
  drop: { drop: id, why },
};

const stepSchema = z.union([
  z.strictObject(steps.rename),
  z.strictObject(steps.merge),
  z.strictObject(steps.split),
  z.strictObject(steps.deprecate),
  z.strictObject(steps.drop),
]);

const valueStepSchema = z.union([
  z.strictObject({ attribute: id, ...steps.rename }),
  z.strictObject({ attribute: id, ...steps.merge }),
  z.strictObject({ attribute: id, ...steps.split }),
  z.strictObject({ attribute: id, ...steps.deprecate }),
  z.strictObject({ attribute: id, ...steps.drop }),
]);

/** `migration.yaml` of a version: the outcomes of the previous version's ids and values. */
export const migrationSchema = z.strictObject({
  format: z.literal(MIGRATION_FORMAT),
  from: z.string().min(1),
  to: z.string().min(1),
  categories: z.array(stepSchema).default([]),
  attributes: z.array(stepSchema).default([]),
  /** Steps for values, with the attribute's id in the old version. */
  values: z.array(valueStepSchema).default([]),
});

export type Branch = z.infer<typeof branchSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Migration = z.infer<typeof migrationSchema>;

export interface LoadedMigration {
  readonly migration: Migration;
  readonly file: string;
  readonly text: string;
}

/**
 * Loads the migration in a taxonomy's folder, if there is one.
 * @throws UserError with the file, the line and what was expected.
 */
export async function loadMigration(dir: string): Promise<LoadedMigration | undefined> {
  const file = join(dir, MIGRATION_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UserError(`cannot read ${file}: ${sentenceOf(error)}; check its permissions`);
  }
  const content = parseYaml(text, file);
  const format = z.looseObject({ format: z.unknown() }).safeParse(content).data?.format;
  if (format !== undefined && format !== MIGRATION_FORMAT) {
    throw new UserError(
      `${file} has migration format ${JSON.stringify(format)}, but this version of Shelfwright reads format ${MIGRATION_FORMAT}: update Shelfwright, or rewrite the migration`,
    );
  }
  const parsed = migrationSchema.safeParse(content);
  if (parsed.success) return { migration: parsed.data, file, text };
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step)));
  const line = new YamlLines(text).lineOf(path);
  const expected =
    issue?.code === 'invalid_union'
      ? 'expected one of rename + to, merge + to, split + into, deprecate + replacement, drop (for values with attribute), and no other keys'
      : (issue?.message ?? 'unreadable');
  throw new UserError(
    `${file}${line === undefined ? '' : `:${line}`}: ${path.join('.') || 'the file'}: ${expected}`,
  );
}
