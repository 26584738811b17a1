import { type SpellingCluster, SpellingCounts } from '../../audit/spellingClusters.js';
import type { Product } from '../../domain/product.js';
import { writeQuarantine } from '../../formats/quarantine.js';
import type { BadRow, ProductRow, Source } from '../../formats/source.js';
import { writeRespelled } from '../../formats/writeRespelled.js';
import type { Store } from '../../store/open.js';
import { finish } from '../../structures/inSlices.js';
import { governAudit } from '../taxonomy/governTaxonomy.js';
import { chosenClusters } from './chosenClusters.js';
import { changesOf, respellingOf, type SpellingChoice } from './respell.js';

export interface FileSpellings {
  readonly clusters: readonly SpellingCluster[];
  readonly rows: number;
  readonly quarantined: number;
  /** Cells that could not be read and count as blank, by field. */
  readonly unreadable: Readonly<Record<string, number>>;
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
  async function* read(): AsyncGenerator<BadRow | ProductRow> {
    for await (const row of source.rows()) {
      if (row.kind === 'continuation') continue;
      yield row;
      if (row.kind === 'bad') continue;
      rows++;
      counts.add(row.product);
    }
  }
  const { rows: quarantined, unreadable } = await writeQuarantine(options.quarantine, read());
  const corrections = finish(counts.corrections(view, !drafted));
  const clusters = chosenClusters(counts.clusters(corrections), options);
  const respelling = respellingOf(corrections, options);
  let products = 0;
  const respelledOf = (product: Product) => {
    const changes = changesOf(product, respelling);
    if (changes.length > 0) products++;
    return changes;
  };
  let values = 0;
  if (out !== undefined) values = await writeRespelled(source, out, respelledOf);
  else
    for await (const row of source.rows())
      if (row.kind === 'product') values += respelledOf(row.product).length;
  return { clusters, rows, quarantined, unreadable, products, values };
}
