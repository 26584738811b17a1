import { type SpellingCluster, SpellingCounts } from '../../audit/spellingClusters.js';
import { writeQuarantine } from '../../formats/quarantine.js';
import type { BadRow, Source } from '../../formats/source.js';
import { writeRespelled } from '../../formats/writeRespelled.js';
import type { Store } from '../../store/open.js';
import { governAudit } from '../taxonomy/governTaxonomy.js';
import { chosenClusters } from './chosenClusters.js';
import { changesOf, respellingOf, type SpellingChoice } from './respell.js';

export interface FileSpellings {
  readonly clusters: readonly SpellingCluster[];
  readonly rows: number;
  readonly quarantined: number;
  /** Products and values that change. */
  readonly products: number;
  readonly values: number;
}

export interface RespellFileOptions extends SpellingChoice {
  readonly source: Source;
  /** Undefined for a preview. */
  readonly out: string | undefined;
  readonly taxonomy: string | undefined;
  /** For its taxonomy. */
  readonly store: Store;
  readonly quarantine: string;
}

/**
 * Gives the values of a file the spelling that the audit of this file suggests, in a copy.
 * @throws UserError if the file or the taxonomy cannot be read, or the output not be written.
 */
export async function respellFile(options: RespellFileOptions): Promise<FileSpellings> {
  const { source, out } = options;
  const { view, drafted } = await governAudit(source, options.taxonomy, options.store);
  const counts = new SpellingCounts();
  let rows = 0;
  async function* read(): AsyncGenerator<BadRow> {
    for await (const row of source.rows()) {
      if (row.kind === 'bad') yield row;
      if (row.kind !== 'product') continue;
      rows++;
      counts.add(row.product);
    }
  }
  const { rows: quarantined } = await writeQuarantine(options.quarantine, read());
  const clusters = chosenClusters(counts.clusters(view, !drafted), options);
  const respelling = respellingOf(counts.corrections(view, !drafted), options);
  let products = 0;
  let values = 0;
  for await (const row of source.rows()) {
    const changes = row.kind === 'product' ? changesOf(row.product, respelling) : [];
    if (changes.length > 0) products++;
    values += changes.length;
  }
  if (out !== undefined)
    values = await writeRespelled(source, out, (product) => changesOf(product, respelling));
  return { clusters, rows, quarantined, products, values };
}
