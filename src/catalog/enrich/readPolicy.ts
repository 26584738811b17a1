import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import { parseYaml } from '../../domain/readYaml.js';
import type { PrecisionTargets } from '../../enrich/calibration/policies.js';
import { CATEGORY } from '../../enrich/proposal.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { nearestNames } from '../../text/nearestName.js';

const FILE = 'policy.yaml';

const precision = z.number().min(0.5).max(0.999);
const policySchema = z.strictObject({
  default: precision.optional(),
  fields: z.record(z.string(), precision).optional(),
  categories: z.record(z.string(), precision).optional(),
});
const KEYS = Object.keys(policySchema.shape);

/**
 * The target precisions of automatically applied values, from `policy.yaml` beside the store; empty without that file.
 * @throws UserError if the file cannot be read, or names a field or category that the taxonomy lacks.
 */
export async function readPolicy(store: Store, view: TaxonomyView): Promise<PrecisionTargets> {
  const file = path.join(path.dirname(store.path), FILE);
  if (!existsSync(file)) return {};
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`${file} cannot be read: ${sentenceOf(cause)}; check its permissions.`, { cause });
  });
  const raw = parseYaml(text, file);
  const policy = policySchema.safeParse(raw ?? {});
  if (!policy.success) throw new UserError(`${file}: ${problemOf(policy.error.issues[0])}`);
  const { fields = {}, categories = {} } = policy.data;
  return {
    default: policy.data.default,
    fields: new Map(Object.entries(fields).map(([name, target]) => [fieldOf(name, view, file), target])),
    categories: new Map(
      Object.entries(categories).map(([name, target]) => [categoryOf(name, view, file), target]),
    ),
  };
}

function problemOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'it is not a policy.';
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `unknown key '${key}'; did you mean ${nearestNames(key, KEYS, 1).join('')}? Known are ${KEYS.join(', ')}.`;
  }
  const place = issue.path.map(String).join(': ');
  return place === '' || (issue.path.length === 1 && issue.path[0] !== 'default')
    ? `${place === '' ? 'the file' : place} should hold ${place === '' ? KEYS.join(', ') : 'names with a share each'}.`
    : `${place} should be a share from 0.5 to 0.999, such as 0.95.`;
}

function fieldOf(name: string, view: TaxonomyView, file: string): string {
  if (name === 'category') return CATEGORY;
  const attribute = view.attribute(attributeName(name) ?? name);
  if (attribute !== undefined) return attribute.id;
  const { attributes, version } = view.taxonomy;
  const near = nearestNames(attributeName(name) ?? name, ['category', ...attributes.map(({ id }) => id)]);
  throw new UserError(
    `${file}: fields: the taxonomy ${version} has no attribute '${name}'; the nearest are ${near.join(', ')}.`,
  );
}

function categoryOf(name: string, view: TaxonomyView, file: string): string {
  const found = view.find(name);
  if (found !== undefined) return found.id;
  const { categories, version } = view.taxonomy;
  const near = nearestNames(
    name,
    categories.flatMap((one) => [one.name, view.path(one.id)]),
  );
  throw new UserError(
    `${file}: categories: '${name}' is none of the categories of the taxonomy ${version}, or more than one; the nearest are ${near.map((one) => `'${one}'`).join(', ')}.`,
  );
}
