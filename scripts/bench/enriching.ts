import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { catalogFile, readCatalog } from './catalog.js';
import { runCommand } from './runCommand.js';

/**
 * Category accuracy and attribute figures on rows whose truth is held back: every fifth filled row, spread by a
 * hash of its id, has its category and attributes taken away and is enriched by what the others teach.
 */
export async function benchEnriching(named: string | undefined): Promise<void> {
  const file = catalogFile(named);
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    const input: string[] = [];
    const truth: string[] = [];
    for (const product of await readCatalog(file)) {
      const filled = product.category !== undefined || product.attributes !== undefined;
      if (!filled || hash(product.id) % 5 !== 0) {
        input.push(JSON.stringify(product));
        continue;
      }
      const { category, attributes, ...rest } = product;
      input.push(JSON.stringify(rest));
      truth.push(JSON.stringify({ id: product.id, category, attributes }));
    }
    const at = (name: string): string => path.join(folder, name);
    await writeFile(at('in.jsonl'), `${input.join('\n')}\n`);
    await writeFile(at('gold.jsonl'), `${truth.join('\n')}\n`);
    const flags = ['--data', at('data')];
    await runCommand(['taxonomy', 'infer', at('in.jsonl'), '-o', at('taxonomy'), ...flags]);
    const enriched = await runCommand([
      'enrich',
      at('in.jsonl'),
      '-o',
      at('out.jsonl'),
      '--taxonomy',
      at('taxonomy'),
      ...flags,
    ]);
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
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return state;
}
