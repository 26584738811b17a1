import type { Hit, Product } from '../shared/api.js';
import type { Go } from './address.js';
import { Card } from './Card.js';
import { Chips } from './Chips.js';
import { Failure } from './Failure.js';
import { Notes } from './Notes.js';
import { NothingFound } from './NothingFound.js';
import { Paging } from './Paging.js';
import { PER_PAGE } from './requestOf.js';
import { SortBy } from './SortBy.js';
import { emptyState, type State } from './state.js';
import { countWords, howWords } from './summary.js';
import type { Searched } from './useSearch.js';
import { useVariants } from './useVariants.js';

const NO_HITS: readonly Hit[] = [];
const NO_VARIANTS: readonly Product[] = [];

interface Props {
  readonly searched: Searched;
  readonly state: State;
  readonly go: Go;
  readonly developer: boolean;
  readonly onRetry: () => void;
  /** Opens the filters on a phone; undefined where they are beside the results. */
  readonly onFilters: (() => void) | undefined;
}

export function Results({ searched, state, go, developer, onRetry, onFilters }: Props) {
  const { answer, answered = state, error, slow } = searched;
  const hits = answer?.hits ?? NO_HITS;
  const close = answer?.close_products ?? NO_HITS;
  const shown = [...hits, ...close];
  const variants = useVariants(shown);
  const filters = countFilters(state);
  const priced = state.sort !== '' || shown.some(({ product }) => typeof product.price === 'number');
  const first = (answered.page - 1) * PER_PAGE + 1;
  const card = (hit: Hit, place: number) => (
    <Card
      key={hit.id}
      hit={hit}
      position={first + place}
      state={state}
      go={go}
      variants={variants.get(String(hit.product.group_id)) ?? NO_VARIANTS}
      developer={developer}
    />
  );
  return (
    <section id="results" aria-label="Results" tabIndex={-1} aria-busy={slow}>
      <div class="bar">
        <p class="answer">
          <strong id="count" role="status" aria-live="polite">
            {answer === undefined ? '' : answer.total === 0 ? 'No products' : countWords(answer.total)}
          </strong>
          {developer && answer !== undefined && <span class="how">{howWords(answer)}</span>}
        </p>
        {onFilters !== undefined && answer !== undefined && (
          <button type="button" class="button" onClick={onFilters}>
            Filters{filters > 0 ? ` (${filters})` : ''}
          </button>
        )}
        {priced && <SortBy state={state} onChange={go} />}
      </div>
      <Chips answer={answer} state={state} onChange={go} />
      {error !== undefined && (
        <Failure
          error={error}
          onRetry={onRetry}
          onReset={() => go(emptyState())}
          onRelevance={() => go({ ...state, sort: '' })}
        />
      )}
      {answer !== undefined && (
        <>
          <Notes answer={answer} state={answered} go={go} developer={developer} />
          {hits.length === 0 && <NothingFound answer={answer} state={answered} go={go} />}
          {hits.length > 0 && (
            <ul class="shelf" data-sw-query={answer.query_id}>
              {hits.map(card)}
            </ul>
          )}
          {close.length > 0 && (
            <>
              <h2 class="close-heading">
                {hits.length > 0 ? 'These products are close to that' : 'The closest products'}
              </h2>
              <ul class="shelf">{close.map(card)}</ul>
            </>
          )}
          {hits.length > 0 && <Paging state={answered} total={answer.total} go={go} />}
        </>
      )}
    </section>
  );
}

function countFilters(state: State): number {
  const values = Object.values(state.filters).reduce((sum, one) => sum + one.length, 0);
  return values + (state.min === undefined && state.max === undefined ? 0 : 1);
}
