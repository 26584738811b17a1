import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { readYaml } from '../../domain/readYaml.js';
import { type Attribute, type Category, FORMAT } from '../schema.js';
import { changelogDate, type ImportedTaxonomy, type ImportTaxonomyOptions } from './importedTaxonomy.js';
import { levelName, mergeAttributes, mergeValues, renameDuplicateSiblings } from './mergeDuplicates.js';

const attributesSchema = z.object({
  base_attributes: z.array(
    z.object({ friendly_id: z.string(), name: z.string(), values: z.array(z.string()) }),
  ),
  extended_attributes: z.array(
    z.object({ friendly_id: z.string(), name: z.string(), values_from: z.string() }),
  ),
});
const valuesSchema = z.array(z.object({ friendly_id: z.string(), name: z.string() }));
const categoriesSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    children: z.array(z.string()),
    attributes: z.array(z.string()),
  }),
);
type ShopifyCategory = z.infer<typeof categoriesSchema>[number];

/**
 * Imports Shopify's Standard Product Taxonomy from a copy of its repository (`VERSION`, `data/attributes.yml`,
 * `data/values.yml`, `data/categories/*.yml`). A category keeps its id (`aa-1` of
 * `gid://shopify/TaxonomyCategory/aa-1`), an attribute its friendly id. All attributes are closed lists.
 * @throws UserError with the file, if one is missing or unreadable, or refers to an undefined id.
 */
export async function importShopify(
  dir: string,
  options: ImportTaxonomyOptions = {},
): Promise<ImportedTaxonomy> {
  const data = join(dir, 'data');
  const release = (await text(join(dir, 'VERSION'))).trim();
  const licence = await text(join(dir, 'LICENSE'));
  const { base_attributes, extended_attributes } = await read(join(data, 'attributes.yml'), attributesSchema);
  const values = await read(join(data, 'values.yml'), valuesSchema);
  const shopify: ShopifyCategory[] = [];
  for (const file of await categoryFiles(join(data, 'categories')))
    for (const category of await read(file, categoriesSchema)) shopify.push(category);

  const joined: string[] = [];
  const valueNames = new Map(values.map(({ friendly_id, name }) => [friendly_id, name]));
  const valuesOf = new Map(base_attributes.map((base) => [base.friendly_id, base.values]));
  const listed = [
    ...base_attributes,
    ...extended_attributes.map((one) => ({ ...one, values: valuesOf.get(one.values_from) })),
  ];
  const { attributes, mergedInto } = mergeAttributes(
    listed.map(({ friendly_id: id, name, values: ids }): Attribute => {
      const names = known(ids, id).map((value) => known(valueNames.get(value), value));
      return { id, name, aliases: [], multiple: false, type: 'enum', values: mergeValues(id, names, joined) };
    }),
    joined,
  );
  const parents = parentsOf(shopify);
  const categories = renameDuplicateSiblings(
    shopify.map(({ id, name, attributes: carried }) => ({
      id,
      name: levelName(id, name, joined),
      parent: parents.get(id) ?? null,
      aliases: [],
      attributes: [...new Set(carried.map((attribute) => known(mergedInto.get(attribute), attribute)))],
      required: [],
    })),
    joined,
  );
  const version = `shopify-${release}`;
  const { inherited, without } = withoutInherited(categories);
  const counted = `${categories.length} categories, ${listed.length} attributes, ${values.length} values`;
  return {
    taxonomy: {
      format: FORMAT,
      version,
      language: 'en',
      owner: `Shopify Standard Product Taxonomy (imported; ${licenceName(licence)})`,
      changelog: [
        {
          version,
          date: changelogDate(options),
          changes: [
            `Imported from Shopify's Standard Product Taxonomy ${release} (${licenceName(licence)}): ${counted}.`,
            ...joined,
          ],
        },
      ],
      carried: [],
      attributes,
      categories: without,
    },
    source: { categories: shopify.length, attributes: listed.length, values: values.length },
    joined,
    notes:
      inherited === 0
        ? []
        : [
            `Categories inherit attributes in Shelfwright, but not in Shopify's taxonomy: ${inherited} times a category inherits an attribute that Shopify does not list for it.`,
          ],
    licence,
  };
}

/** Removes inherited attributes from categories. Counts inherited attributes that the source does not list. */
function withoutInherited(categories: readonly Category[]): { inherited: number; without: Category[] } {
  const parentOf = new Map(categories.map((category) => [category.id, category.parent]));
  const ownOf = new Map(categories.map((category) => [category.id, new Set(category.attributes)]));
  let inherited = 0;
  const without = categories.map((category) => {
    const above = new Set<string>();
    const visited = new Set<string>();
    for (let at = category.parent; at !== null && !visited.has(at); at = parentOf.get(at) ?? null) {
      visited.add(at);
      for (const attribute of ownOf.get(at) ?? []) above.add(attribute);
    }
    const attributes = category.attributes.filter((attribute) => !above.has(attribute));
    inherited += above.size - (category.attributes.length - attributes.length);
    return { ...category, attributes };
  });
  return { inherited, without };
}

function parentsOf(categories: readonly ShopifyCategory[]): ReadonlyMap<string, string> {
  const ids = new Set(categories.map(({ id }) => id));
  const parents = new Map<string, string>();
  for (const { id, children } of categories) {
    for (const child of children) {
      if (!ids.has(child)) throw missing(child);
      const other = parents.get(child);
      if (other !== undefined)
        throw new UserError(
          `data/categories: ${child} is a child of ${other} and of ${id}; use an unchanged copy`,
        );
      parents.set(child, id);
    }
  }
  return parents;
}

function known<Value>(value: Value | undefined, id: string): Value {
  if (value === undefined) throw missing(id);
  return value;
}

function missing(id: string): UserError {
  return new UserError(
    `the taxonomy refers to ${id} but does not define it; use a complete copy of Shopify's repository`,
  );
}

function licenceName(licence: string): string {
  const first = licence.split('\n').find((line) => line.trim() !== '') ?? 'no licence named';
  return licence.includes('Permission is hereby granted, free of charge')
    ? `MIT licence, ${first.trim()}`
    : first.trim();
}

async function categoryFiles(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    throw unreadable(dir, error);
  });
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(dir, name));
}

async function text(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

async function read<Shape>(file: string, schema: z.ZodType<Shape>): Promise<Shape> {
  const yaml = await text(file);
  const content = readYaml(yaml);
  if ('message' in content) throw unreadable(`${file}, line ${content.line}`, content.message);
  const parsed = schema.safeParse(content.raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    `${file}: ${issue?.path.join('.')}: ${issue?.message}; use an unchanged copy of Shopify's repository`,
  );
}

function unreadable(file: string, error: unknown): UserError {
  return new UserError(
    `cannot read ${file}: ${sentenceOf(error).split('\n')[0]}; name a copy of Shopify's product-taxonomy repository, with VERSION, LICENSE and data`,
  );
}
