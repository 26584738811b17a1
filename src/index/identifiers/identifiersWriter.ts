import type { Product } from '../../domain/product.js';
import { addToList } from '../../structures/multimap.js';
import type { SectionWriter } from '../files/sectionWriter.js';
import { identifierKeys } from './identifierKeys.js';
import { titleKeys } from './titleKeys.js';

/**
 * Writes `identifiers.bin`: `ids` by ordinal; `keys`, sorted; `offsets` of each key into `ordinals`;
 * `titles`, ascending (see titleKeys); `titleOrdinals`, one for each title.
 */
export class IdentifiersWriter {
  readonly #ids: string[] = [];
  readonly #ordinals = new Map<string, number[]>();
  readonly #titles: { key: number; ordinal: number }[] = [];

  add(product: Product): void {
    const ordinal = this.#ids.push(product.id) - 1;
    for (const key of titleKeys(product)) this.#titles.push({ key, ordinal });
    for (const key of identifierKeys(product)) addToList(this.#ordinals, key, ordinal);
  }

  write(to: SectionWriter): void {
    const keys = [...this.#ordinals.keys()].sort();
    const offsets = new Uint32Array(keys.length + 1);
    const ordinals: number[] = [];
    for (const [i, key] of keys.entries()) {
      for (const ordinal of this.#ordinals.get(key) ?? []) ordinals.push(ordinal);
      offsets[i + 1] = ordinals.length;
    }
    to.strings('ids', this.#ids);
    to.strings('keys', keys);
    to.array('offsets', offsets);
    to.array('ordinals', Uint32Array.from(ordinals));
    // The sort is stable, so the ordinals of one title stay ascending.
    const titles = this.#titles.sort((a, b) => a.key - b.key);
    to.array(
      'titles',
      Float64Array.from(titles, ({ key }) => key),
    );
    to.array(
      'titleOrdinals',
      Uint32Array.from(titles, ({ ordinal }) => ordinal),
    );
  }
}
