import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Product } from '../../src/domain/product.js';
import { catalogFile, readCatalog } from './catalog.js';
import { measureFewLabels } from './fewLabels.js';
import { runCommand } from './runCommand.js';

const fieldsSchema = z.array(
  z.object({
    field: z.string(),
    blanks: z.number(),
    precision: z.number(),
    recall: z.number(),
    applied_share: z.number(),
    applied_precision: z.number(),
  }),
);

/**
 * Category accuracy and attribute figures on a hold-out set: every fifth filled row, chosen by a hash of its id, loses
 * its category and attributes and is enriched with what the others teach. Then the same with all vectors cached, for the
 * speed of enrichment alone. Then with only 300 labelled rows.
 */
export async function benchEnriching(named: string | undefined): Promise<void> {
  const file = catalogFile(named);
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    const input: string[] = [];
    const truth: string[] = [];
    const others: Product[] = [];
    const heldOut: Product[] = [];
    for (const product of await readCatalog(file)) {
      const filled = product.category !== undefined || product.attributes !== undefined;
      if (!filled || hash(product.id) % 5 !== 0) {
        input.push(JSON.stringify(product));
        others.push(product);
        continue;
      }
      const { category, attributes, ...rest } = product;
      input.push(JSON.stringify(rest));
      truth.push(JSON.stringify({ id: product.id, category, attributes }));
      heldOut.push(product);
    }
    const at = (name: string): string => path.join(folder, name);
    await writeFile(at('in.jsonl'), `${input.join('\n')}\n`);
    await writeFile(at('gold.jsonl'), `${truth.join('\n')}\n`);
    const flags = ['--data', at('data')];
    await runCommand(['taxonomy', 'infer', at('in.jsonl'), '-o', at('taxonomy'), ...flags]);
    const enrich = ['enrich', at('in.jsonl'), '-o', at('out.jsonl'), '--taxonomy', at('taxonomy'), ...flags];
    const enriched = await runCommand(enrich);
    const { result } = await runCommand([
      'evaluate',
      'enrichment',
      '--gold',
      at('gold.jsonl'),
      '--enriched',
      at('out.jsonl'),
      ...flags,
    ]);
    console.log(
      `enriching ${file}: ${truth.length} rows held out, ${input.length - truth.length} others, ${enriched.seconds.toFixed(1)} s, peak ${Math.round(enriched.peakMb)} MB`,
    );
    console.log(JSON.stringify(result, null, 2));
    const fields = fieldsSchema.parse(result.fields);
    console.log('category and attributes together:', summarise(fields));
    console.log('attributes alone:', summarise(fields.filter(({ field }) => field !== 'category')));
    const again = await runCommand(enrich);
    console.log(
      `enrichment alone, training included: ${again.seconds.toFixed(1)} s, ${Math.round(input.length / again.seconds)} rows/s`,
    );
    console.log(
      'few labels:',
      await measureFewLabels(spread(others), heldOut, at('taxonomy'), path.join(folder, 'data')),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Precision, recall and F1 over all values; the share of blanks applied, and its precision. */
function summarise(fields: z.infer<typeof fieldsSchema>): Record<string, number> {
  let [blanks, given, right, applied, appliedRight] = [0, 0, 0, 0, 0];
  for (const field of fields) {
    blanks += field.blanks;
    right += field.blanks * field.recall;
    given += field.precision === 0 ? 0 : (field.blanks * field.recall) / field.precision;
    applied += field.blanks * field.applied_share;
    appliedRight += field.blanks * field.applied_share * field.applied_precision;
  }
  return {
    blanks,
    precision: right / given,
    recall: right / blanks,
    f1: (2 * right) / (given + blanks),
    applied_share: applied / blanks,
    applied_precision: appliedRight / applied,
  };
}

/** The rows in an order that does not depend on that of the file. */
function spread(products: readonly Product[]): Product[] {
  return products
    .map((product) => ({ product, key: hash(`spread ${product.id}`) }))
    .sort((a, b) => a.key - b.key || (a.product.id < b.product.id ? -1 : 1))
    .map(({ product }) => product);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return state;
}
