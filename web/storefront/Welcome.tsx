import type { SearchAnswer } from '../shared/api.js';
import { followed } from '../shared/followed.js';
import { addressOf, type Go } from './address.js';
import { colourNamed } from './drawings/colours.js';
import { examplesFor, largestCategories } from './examples.js';
import { Placeholder } from './Picture.js';
import { emptyState } from './state.js';

const STILL_LIFE = [
  ['Boots', 'Camel'],
  ['Dresses', 'Coral'],
  ['Plants', 'Sage'],
  ['Mugs', 'Cobalt'],
  ['Lamps', 'Mustard'],
] as const;

interface Props {
  readonly answer: SearchAnswer | undefined;
  readonly go: Go;
}

/** What the page shows while nothing is asked: example queries for this catalog. */
export function Welcome({ answer, go }: Props) {
  const examples = examplesFor({
    category: largestCategories(answer?.category_tree ?? []),
    brand: answer?.facets.brand ?? [],
  });
  return (
    <section class="welcome" aria-label="Examples">
      <div class="still-life" aria-hidden="true">
        {STILL_LIFE.map(([category, colour]) => (
          <Placeholder category={category} colour={colourNamed(colour) ?? '#a0aaa4'} standing />
        ))}
      </div>
      <h1>Ask for it the way you would ask a person.</h1>
      <p>The shelves know what things are for, not only what they are called.</p>
      <ul class="examples">
        {examples.map((query) => {
          const next = { ...emptyState(), q: query };
          return (
            <li key={query}>
              <a class="chip" href={addressOf(next)} onClick={followed(() => go(next))}>
                {query}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
