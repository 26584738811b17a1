import { LRUCache } from 'lru-cache';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { RestrictedIndex } from '../../index/restricted/restrictedIndex.js';
import { parseFilter } from '../../search/filter/parseFilter.js';
import { restrictIndex } from '../../search/filter/restrictIndex.js';
import { forgetNegations, prepareTextFilters } from '../../search/filter/textFilter.js';
import { type Calibration, UNCALIBRATED } from '../../search/relevance/calibrate.js';
import { Suggester } from '../../search/suggest/suggester.js';
import { forgetVocabulary, prepareVocabulary } from '../../search/understand/structure/valueVocabulary.js';
import { inSlices } from '../../structures/inSlices.js';
import type { TaxonomyView } from '../../taxonomy/view.js';

/** The restricted catalogs kept; the one used longest ago is dropped first. */
const MAX_KEPT = 50;
/** Products whose words are counted at a time, so that other requests run in between. */
const PRODUCTS_A_SLICE = 100;
/**
 * The names of values are learned again after any change of so small a catalog, and after this share of a larger one has
 * changed.
 */
const SMALL = 2000;
const CHANGED_SHARE = 0.1;

/** The part of the catalog that an API key may see. */
interface RestrictedCatalog {
  readonly base: LiveIndex;
  readonly index: RestrictedIndex;
  /** Undefined until it was measured. */
  calibration: Calibration | undefined;
  suggester: Promise<Suggester> | undefined;
  /** Resolves when what the first request needs is built. */
  ready: Promise<void> | undefined;
  /** Products that entered or left since the names of values were learned. */
  changed: number;
}

/** For each filter of an API key, the index of the products that pass, kept between requests. */
export class RestrictedCatalogs {
  readonly #kept = new LRUCache<string, RestrictedCatalog>({ max: MAX_KEPT });

  /** `base` gives the whole index, now; `calibrate` measures how near anything is to an index. */
  constructor(
    private readonly base: () => LiveIndex,
    private readonly calibrate: (index: LiveIndex) => Promise<Calibration>,
    private readonly taxonomy: () => TaxonomyView | undefined,
  ) {}

  /** Does the work of a first request, a little at a time. */
  async prepare(filter: string): Promise<void> {
    await this.#prepared(filter);
  }

  async #prepared(filter: string): Promise<RestrictedCatalog> {
    await prepareTextFilters(this.base(), [parseFilter(filter)]);
    const catalog = this.#current(filter);
    catalog.ready ??= this.#build(catalog).catch((error: unknown) => {
      catalog.ready = undefined;
      throw error;
    });
    await catalog.ready;
    while (!catalog.index.lexical.count(PRODUCTS_A_SLICE)) await new Promise(setImmediate);
    // Another generation may serve by now.
    return this.#current(filter) === catalog ? catalog : this.#prepared(filter);
  }

  async #build(catalog: RestrictedCatalog): Promise<void> {
    const { index } = catalog;
    await inSlices(index.prepare());
    await prepareVocabulary(index, this.taxonomy());
    catalog.calibration ??= await this.calibrate(index);
  }

  /** The index of the products that pass now, and its calibration. */
  context(filter: string): { readonly index: LiveIndex } & Calibration {
    const { index, calibration = UNCALIBRATED } = this.#current(filter);
    return { index, ...calibration };
  }

  async suggester(filter: string): Promise<Suggester> {
    const catalog = await this.#prepared(filter);
    catalog.suggester ??= Suggester.prepare(catalog.index);
    const suggester = await catalog.suggester;
    await suggester.update();
    return suggester;
  }

  #current(filter: string): RestrictedCatalog {
    const base = this.base();
    let catalog = this.#kept.get(filter);
    if (catalog?.base !== base) {
      const index = restrictIndex(base, parseFilter(filter));
      catalog = {
        base,
        index,
        calibration: catalog?.calibration,
        suggester: undefined,
        ready: undefined,
        changed: 0,
      };
      this.#kept.set(filter, catalog);
    }
    const changed = catalog.index.update();
    if (changed > 0) forgetNegations(catalog.index);
    catalog.changed += changed;
    if (catalog.changed > (catalog.index.live <= SMALL ? 0 : CHANGED_SHARE * catalog.index.live)) {
      forgetVocabulary(catalog.index);
      catalog.changed = 0;
    }
    return catalog;
  }
}
