import path from 'node:path';
import type { Store } from '../../store/open.js';

/** Where the enricher that the store's facts were made by is kept, for products that come between two runs. */
export function enricherFile(store: Pick<Store, 'path'>): string {
  return path.join(path.dirname(store.path), 'enricher.bin');
}
