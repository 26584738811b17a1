import { ApiError, complete, KeyError, PER_PAGE, search } from './api.js';
import { card } from './cards.js';
import { completeIn } from './complete.js';
import { element, onPage } from './element.js';
import { showFacets } from './facets.js';
import { keyForm, showKeyForm } from './keyForm.js';
import { showPaging } from './paging.js';
import { showProduct } from './productPanel.js';
import { emptyState, isNarrowed, priceOf, readState, toggled, writeState } from './state.js';
import { countOf, howOf, showChosen, showReadings, understoodOf } from './summary.js';
import { drawShelf, showExamples } from './welcome.js';

/** @import { Answer } from './api.js' */
/** @import { State } from './state.js' */

const TYPING_PAUSE_MS = 120;
const SLOW_MS = 250;

const box = onPage('q', HTMLInputElement);
const form = onPage('search', HTMLFormElement);
const sort = onPage('sort', HTMLSelectElement);
const min = onPage('min', HTMLInputElement);
const max = onPage('max', HTMLInputElement);
const hits = onPage('hits', HTMLUListElement);
const results = onPage('results', HTMLElement);
const notice = onPage('notice', HTMLElement);
const panel = onPage('panel', HTMLDialogElement);
const filters = onPage('filters', HTMLDetailsElement);
const lead = onPage('lead-facets', HTMLElement);
const rest = onPage('facets', HTMLElement);

let state = readState(location.search);
let searching = new AbortController();
let showing = new AbortController();
/** The request that the results on the page answer, so that opening a product does not search again. */
/** @type {string | undefined} */
let answered;
let typing = 0;

/** @param {State} next */
const addressOf = (next) => `${location.pathname}${writeState(next)}`;

/**
 * Moves the page to another state. While the user types, the address is replaced, so that the back button goes from
 * search to search and not from letter to letter.
 * @param {State} next
 * @param {{ replace?: boolean }} [options]
 */
function go(next, { replace = false } = {}) {
  clearTimeout(typing);
  if (replace) history.replaceState(history.state, '', addressOf(next));
  else if (addressOf(next) !== addressOf(state))
    history.pushState({ depth: depthOf(next) }, '', addressOf(next));
  state = next;
  show();
}

/** The number of products opened one after another in the panel, to close it in one step. @param {State} next */
function depthOf(next) {
  const depth = typeof history.state?.depth === 'number' ? history.state.depth : 0;
  return next.product === undefined ? 0 : depth + 1;
}

function isHome() {
  return state.q.trim() === '' && !isNarrowed(state) && state.page === 1;
}

function show() {
  if (box.value !== state.q && document.activeElement !== box) box.value = state.q;
  sort.value = state.sort;
  if (document.activeElement !== min) min.value = state.min === undefined ? '' : String(state.min);
  if (document.activeElement !== max) max.value = state.max === undefined ? '' : String(state.max);
  document.body.classList.toggle('home', isHome());
  document.title = state.q.trim() === '' ? 'Shelfwright' : `${state.q.trim()} · Shelfwright`;
  showChosen(onPage('chosen', HTMLElement), state, go);
  showPanel();
  const request = writeState({ ...state, product: undefined });
  if (request !== answered) void update(request);
}

/** @param {string} request */
async function update(request) {
  searching.abort();
  searching = new AbortController();
  const { signal } = searching;
  const slow = window.setTimeout(() => results.setAttribute('aria-busy', 'true'), SLOW_MS);
  try {
    const answer = await search(state, signal);
    if (signal.aborted) return;
    answered = request;
    showAnswer(answer);
  } catch (error) {
    if (signal.aborted) return;
    answered = undefined;
    showFailure(
      error instanceof ApiError ? error : new ApiError(0, 'The page could not show this answer.', []),
    );
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) results.removeAttribute('aria-busy');
  }
}

/** @param {Answer} answer */
function showAnswer(answer) {
  onPage('count', HTMLElement).textContent = countOf(answer);
  onPage('how', HTMLElement).textContent = state.q.trim() === '' ? '' : howOf(answer);
  onPage('understood', HTMLElement).textContent = understoodOf(answer);
  showReadings(onPage('understood', HTMLElement), answer, state, go);
  if (isHome()) showExamples(onPage('examples', HTMLElement), answer.facets);
  showFacets({ lead, rest }, answer.facets, state, (field, value) => go(toggled(state, field, value)));
  const tier = state.q.trim() !== '';
  const shown = answer.hits.length > 0 ? answer.hits : (answer.close_products ?? []);
  hits.replaceChildren(
    ...shown.map((hit) => card(hit, { href: addressOf({ ...state, product: hit.id }), tier })),
  );
  showPaging(
    onPage('paging', HTMLElement),
    { page: answer.page, total: answer.total, perPage: PER_PAGE },
    (page) => addressOf({ ...state, page }),
  );
  offerPrices(answer);
  if (answer.hits.length === 0) return showNothing(answer);
  notice.replaceChildren();
}

/** Hides sorting and filtering by price for a catalog without prices. @param {Answer} answer */
function offerPrices({ hits: shown }) {
  const used = state.sort !== '' || state.min !== undefined || state.max !== undefined;
  const priced = used || shown.some(({ product }) => typeof product.price === 'number');
  onPage('prices', HTMLFieldSetElement).hidden = !priced;
  onPage('sort-by', HTMLLabelElement).hidden = !priced;
}

/** @param {Answer} answer */
function showNothing(answer) {
  const ways = [];
  if (answer.total > 0) ways.push(button('Go to the first page', () => go({ ...state, page: 1 })));
  else if (isNarrowed(state))
    ways.push(button('Search without filters', () => go({ ...emptyState(), q: state.q })));
  if (state.q !== '') ways.push(button('Show everything', () => go(emptyState())));
  const q = state.q.trim();
  const [heading, advice] =
    answer.total > 0
      ? ['There are no more pages', 'The results end before this page.']
      : isNarrowed(state)
        ? [
            q === '' ? 'Nothing matches these filters' : `Nothing matches “${q}” here`,
            'The filters may be too narrow together.',
          ]
        : q === ''
          ? ['The catalog is empty', 'Import one with “shelfwright import”; it appears here at once.']
          : [`Nothing matches “${q}”`, 'Try other words, or say what it is for.'];
  const close = element('p', {}, 'These products are the closest:');
  notice.replaceChildren(
    element('h2', {}, heading),
    element('p', {}, advice),
    element('p', { class: 'ways' }, ...ways),
    ...(answer.close_products === undefined ? [] : [close]),
  );
}

/** @param {ApiError} error */
function showFailure(error) {
  for (const id of ['hits', 'paging', 'lead-facets', 'facets']) onPage(id, HTMLElement).replaceChildren();
  for (const id of ['count', 'how', 'understood']) onPage(id, HTMLElement).textContent = '';
  if (error instanceof KeyError)
    return showKeyForm(notice, [element('h2', {}, 'A key is needed')], keyForm(error, showWithKey));
  notice.replaceChildren(
    element('h2', {}, error.status === 0 ? 'No answer' : 'That did not work'),
    element('p', { role: 'alert' }, error.message),
    element(
      'p',
      { class: 'ways' },
      button('Try again', show),
      button('Start over', () => go(emptyState())),
    ),
  );
}

/** Asks again for all that waits for a key. */
function showWithKey() {
  delete panel.dataset.product;
  show();
}

/** @param {string} words @param {() => void} onClick */
function button(words, onClick) {
  const made = element('button', { type: 'button', class: 'chip' }, words);
  made.addEventListener('click', onClick);
  return made;
}

function showPanel() {
  const body = onPage('panel-body', HTMLElement);
  if (state.product === undefined) {
    showing.abort();
    if (panel.open) panel.close();
    delete panel.dataset.product;
    return;
  }
  if (panel.open && panel.dataset.product === state.product) return;
  showing.abort();
  showing = new AbortController();
  panel.dataset.product = state.product;
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  const hrefOf = (/** @type {string} */ id) => addressOf({ ...state, product: id });
  void showProduct(body, state.product, hrefOf, showWithKey, showing.signal);
}

function closePanel() {
  if (state.product === undefined) return;
  const depth = typeof history.state?.depth === 'number' ? history.state.depth : 0;
  if (depth > 0) history.go(-depth);
  else go({ ...state, product: undefined }, { replace: true });
}

/** Links still work with the middle button, in a new tab, and when copied. @param {MouseEvent} event */
function follow(event) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest('a');
  const { product, page, query } = link?.dataset ?? {};
  if (product !== undefined) go({ ...state, product });
  else if (page !== undefined) {
    go({ ...state, page: Number(page) });
    results.scrollIntoView();
  } else if (query !== undefined) {
    box.value = query;
    go({ ...emptyState(), q: query });
  } else return;
  event.preventDefault();
}

document.addEventListener('click', follow);
box.addEventListener('input', () => {
  clearTimeout(typing);
  typing = window.setTimeout(() => {
    // The first letters are a new history step; those that follow replace it.
    const refining = state.q !== '' && box.value !== '';
    go({ ...state, q: box.value, ignore: [], page: 1, product: undefined }, { replace: refining });
  }, TYPING_PAUSE_MS);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  go({ ...state, q: box.value, ignore: box.value === state.q ? state.ignore : [], page: 1 });
});
completeIn(box, onPage('completions', HTMLElement), complete, ({ kind, text, id, filter }) => {
  if (kind === 'product') return go({ ...state, product: id });
  // `brand = 'Acme'`: selects the value as in the list of filters, and drops the partial word.
  const field = /^`?(.+?)`? = '/.exec(filter ?? '')?.[1];
  box.value = field === undefined ? text : '';
  go({ ...emptyState(), q: box.value, filters: field === undefined ? {} : { [field]: [text] } });
});
sort.addEventListener('change', () => go({ ...state, sort: sort.value, page: 1 }));
for (const end of /** @type {const} */ (['min', 'max'])) {
  onPage(end, HTMLInputElement).addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement)
      go({ ...state, [end]: priceOf(event.target.value), page: 1 });
  });
}
panel.addEventListener('cancel', (event) => {
  event.preventDefault();
  closePanel();
});
// Browsers close a dialog at a second Escape in any case.
panel.addEventListener('close', closePanel);
panel.addEventListener('click', (event) => {
  if (event.target === panel) closePanel();
});
onPage('close', HTMLButtonElement).addEventListener('click', closePanel);
window.addEventListener('popstate', () => {
  state = readState(location.search);
  box.value = state.q;
  show();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || panel.open || event.ctrlKey || event.metaKey) return;
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
  event.preventDefault();
  box.focus();
  box.select();
});

const wide = matchMedia('(min-width: 60rem)');
const openFilters = () => {
  filters.open = wide.matches;
};
wide.addEventListener('change', openFilters);
openFilters();
drawShelf(onPage('still-life', HTMLElement));
box.value = state.q;
// On a phone the keyboard would cover the examples.
if (state.product === undefined && matchMedia('(hover: hover)').matches) box.focus();
show();
