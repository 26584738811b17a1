import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Suggestion } from '../shared/api.js';
import { followed } from '../shared/followed.js';
import { remember, remembered } from '../shared/remembered.js';
import { ThemeSwitch } from '../shared/ThemeSwitch.js';
import { Wordmark } from '../shared/Wordmark.js';
import { addressOf, type GoOptions, useAddress } from './address.js';
import { FilterSheet } from './FilterSheet.js';
import { Filters } from './Filters.js';
import { NotRecorded } from './NotRecorded.js';
import { ProductDialog } from './ProductDialog.js';
import { Results } from './Results.js';
import { SearchBox } from './SearchBox.js';
import { emptyState, isNarrowed, readState, type State } from './state.js';
import { useMedia } from './useMedia.js';
import { useSearch } from './useSearch.js';
import { Welcome } from './Welcome.js';

const TYPING_PAUSE_MS = 120;

export function App() {
  const [text, setText] = useState(() => readState(location.search).q);
  const { state, go: goNow, closeProduct } = useAddress(({ q }) => setText(q));
  const [turn, setTurn] = useState(0);
  const [sheet, setSheet] = useState(false);
  const [developer, setDeveloper] = useState(() => remembered('developer') === 'on');
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wide = useMedia('(min-width: 60rem)');
  const searched = useSearch(state, turn);
  const { answer } = searched;
  const home = state.q.trim() === '' && !isNarrowed(state) && state.page === 1;

  const go = useCallback(
    (next: State, options?: GoOptions) => {
      clearTimeout(typing.current);
      setText(next.q);
      goNow(next, options);
    },
    [goNow],
  );
  useEffect(() => {
    document.title = state.q.trim() === '' ? 'Shelfwright' : `${state.q.trim()} · Shelfwright`;
  }, [state.q]);
  useEffect(() => remember('developer', developer ? 'on' : undefined), [developer]);

  const type = (typed: string) => {
    setText(typed);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => {
      // The first letters are a new history step; those that follow replace it.
      const refining = state.q !== '' && typed !== '';
      goNow(
        { ...state, q: typed, ignore: [], exact: false, page: 1, product: undefined },
        { replace: refining },
      );
    }, TYPING_PAUSE_MS);
  };
  const submit = (typed: string) => {
    const same = typed === state.q;
    go({ ...state, q: typed, ignore: same ? state.ignore : [], exact: same && state.exact, page: 1 });
  };
  const choose = ({ kind, text: words, id, filter }: Suggestion) => {
    if (kind === 'product') return go({ ...state, product: id });
    // `brand = 'Acme'`: selects the value as in the list of filters, and drops the partial word.
    const field = /^`?(.+?)`? = '/.exec(filter ?? '')?.[1];
    if (field === undefined) return go({ ...emptyState(), q: words });
    go({ ...emptyState(), filters: { [field]: [words] } });
  };
  const retry = () => setTurn(turn + 1);
  const start = emptyState();
  return (
    <>
      <a class="skip" href="#results">
        Skip to the results
      </a>
      <header class="top">
        <a class="wordmark" href={addressOf(start)} onClick={followed(() => go(start))}>
          <Wordmark />
        </a>
        <SearchBox text={text} onType={type} onSubmit={submit} onChoose={choose} />
        <ThemeSwitch />
      </header>
      <main class={home ? 'home' : undefined}>
        {home && <Welcome answer={answer} go={go} />}
        <div class="columns">
          {wide && !(answer?.total === 0 && !isNarrowed(state)) && (
            <aside class="filters" aria-label="Filters">
              {answer !== undefined && <Filters answer={answer} state={state} onChange={go} />}
            </aside>
          )}
          <Results
            searched={searched}
            state={state}
            go={go}
            developer={developer}
            onRetry={retry}
            onFilters={wide ? undefined : () => setSheet(true)}
          />
        </div>
      </main>
      <footer class="bottom">
        <p>
          Served by Shelfwright on this machine. <a href="/docs">The API behind this page</a>
        </p>
        <NotRecorded />
        <button type="button" class="quiet" aria-pressed={developer} onClick={() => setDeveloper(!developer)}>
          Developer view
        </button>
      </footer>
      {sheet && !wide && answer !== undefined && (
        <FilterSheet answer={answer} state={state} onChange={go} onClose={() => setSheet(false)} />
      )}
      {state.product !== undefined && (
        <ProductDialog
          id={state.product}
          state={state}
          go={go}
          onClose={closeProduct}
          turn={turn}
          onKey={retry}
        />
      )}
    </>
  );
}
