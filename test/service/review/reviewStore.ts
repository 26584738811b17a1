import { onTestFinished } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import type { Product } from '../../../src/domain/product.js';
import { openReview, type Review } from '../../../src/service/review/review.js';
import type { StoredFact } from '../../../src/store/facts.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { factOf } from '../../domain/fact.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const COLOURS = ['navy', 'navy', 'navy', 'red', 'red', 'teal'];

export interface Shelf {
  readonly folder: string;
  readonly store: Store;
  readonly review: Review;
  /** The group of products whose title contains that word. */
  groupOf(word: string): { group: string; state: string };
  facts(): Record<string, StoredFact[]>;
}

/** Six mugs, m0 to m5, with a suggested colour from each title, and two of them with a suggested category. */
export function shelf(): Shelf {
  const folder = temporaryFolder();
  const store = openStore(folder);
  onTestFinished(() => store.close());
  store.settings.set('taxonomy', taxonomy);
  store.transaction(() => {
    for (const [place, word] of COLOURS.entries()) {
      const product: Product = { id: `m${place}`, title: `Mug in ${word}, ${place}` };
      store.products.upsert(product);
      const color = suggestedColor(capital(word), word, 0.6 + place / 100);
      const category = factOf('category', 'Kitchen > Mugs', { status: 'suggested', method: 'classifier' });
      store.facts.replace(product.id, place < 2 ? [color, category] : [color], ORIGIN);
    }
  });
  const review = openReview(store);
  return {
    folder,
    store,
    review,
    groupOf: (word) => {
      const { groups } = review.suggestions({ page: 1, per_page: 20 });
      const found = groups.find(({ reason }) => reason.text === word);
      if (found === undefined) throw new Error(`no group says ${word}`);
      return found;
    },
    facts: () =>
      Object.fromEntries(
        COLOURS.map((_, place) => [
          `m${place}`,
          [...store.facts.inFieldOf(`m${place}`, COLOR), ...store.facts.inFieldOf(`m${place}`, 'category')],
        ]),
      ),
  };
}

export const COLOR = 'attributes.color';
export const ORIGIN = { taxonomy: 'mugs-1', model: 'm' };

export function suggestedColor(value: string, word: string, confidence: number): Fact {
  const evidence = { field: 'title', start: 7, end: 7 + word.length, quote: word };
  return factOf(COLOR, value, { status: 'suggested', confidence, evidence });
}

const taxonomy = taxonomySchema.parse({
  format: 1,
  version: 'mugs-1',
  language: 'en',
  owner: 'tests',
  changelog: [{ version: 'mugs-1', date: '2026-11-21', changes: ['first'] }],
  attributes: [
    {
      id: 'color',
      name: 'Colour',
      type: 'enum',
      values: [{ name: 'Navy', aliases: ['dark blue'] }, { name: 'Red' }, { name: 'Teal' }],
    },
    { id: 'capacity', name: 'Capacity', type: 'number+unit', unit: 'ml' },
    { id: 'lid', name: 'Lid', type: 'boolean' },
  ],
  carried: ['color', 'capacity', 'lid'],
  categories: [
    { id: 'kitchen', name: 'Kitchen' },
    { id: 'mugs', name: 'Mugs', parent: 'kitchen' },
    { id: 'jugs', name: 'Jugs', parent: 'kitchen' },
  ],
});

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
