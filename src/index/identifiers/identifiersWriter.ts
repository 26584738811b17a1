import type { Product } from '../../domain/product.js';
import { addToList } from '../../structures/multimap.js';
import type { SectionWriter } from '../files/sectionWriter.js';
import { identifierKeys, zeroPaddedCodes } from './identifierKeys.js';
import { titleKeys } from './titleKeys.js';

/**
 * Writes `identifiers.bin`: `ids` by ordinal; `idOrder`, the ordinals sorted by id; `keys`, sorted; `offsets` of each key into `ordinals`; `padded`,
 * `paddedOffsets` and `paddedOrdinals`, the same for codes whose key lacks zeros of theirs; `titles`, ascending (see titleKeys); `titleOrdinals`, one for each title.
 */
export class IdentifiersWriter {
  readonly #ids: string[] = [];
  readonly #ordinals = new Map<string, number[]>();
  readonly #padded = new Map<string, number[]>();
  readonly #titles: { key: number; ordinal: number }[] = [];

  add(product: Product): void {
    const ordinal = this.#ids.push(product.id) - 1;
    for (const key of titleKeys(product)) this.#titles.push({ key, ordinal });
    for (const key of identifierKeys(product)) addToList(this.#ordinals, key, ordinal);
    for (const code of zeroPaddedCodes(product)) addToList(this.#padded, code, ordinal);
  }

  write(to: SectionWriter): void {
    const ids = this.#ids;
    to.strings('ids', ids);
    const order = Uint32Array.from(ids.keys());
    to.array(
      'idOrder',
      order.sort((a, b) => ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1)),
    );
    writeKeys(to, this.#ordinals, { keys: 'keys', offsets: 'offsets', ordinals: 'ordinals' });
    writeKeys(to, this.#padded, { keys: 'padded', offsets: 'paddedOffsets', ordinals: 'paddedOrdinals' });
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

function writeKeys(
  to: SectionWriter,
  ordinalsOf: ReadonlyMap<string, readonly number[]>,
  names: { readonly keys: string; readonly offsets: string; readonly ordinals: string },
): void {
  const keys = [...ordinalsOf.keys()].sort();
  const offsets = new Uint32Array(keys.length + 1);
  const ordinals: number[] = [];
  for (const [i, key] of keys.entries()) {
    for (const ordinal of ordinalsOf.get(key) ?? []) ordinals.push(ordinal);
    offsets[i + 1] = ordinals.length;
  }
  to.strings(names.keys, keys);
  to.array(names.offsets, offsets);
  to.array(names.ordinals, Uint32Array.from(ordinals));
}
