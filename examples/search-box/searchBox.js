// The address of the service, and an API key with the scope `search` if the service requires one.
// A search key is visible to every visitor, so give it a filter if some products are not public.
const parameters = new URLSearchParams(location.search);
const serviceUrl = parameters.get('service') ?? 'http://127.0.0.1:3000';
const apiKey = parameters.get('key') ?? undefined;

const form = document.querySelector('#search');
const input = document.querySelector('#query');
const summary = document.querySelector('#summary');
const list = document.querySelector('#hits');

let pending = new AbortController();

async function search() {
  // A newer search cancels the one before, so that a late answer never replaces a newer one.
  pending.abort();
  pending = new AbortController();
  const url = new URL('/v1/search', serviceUrl);
  url.search = new URLSearchParams({ q: input.value, per_page: '5' });
  try {
    const response = await fetch(url, {
      headers: apiKey === undefined ? {} : { 'x-api-key': apiKey },
      signal: pending.signal,
    });
    const answer = await response.json();
    // Errors are problem+json: `detail` is one sentence.
    if (!response.ok) throw new Error(answer.detail);
    show(answer);
  } catch (error) {
    if (error.name !== 'AbortError') summary.textContent = error.message;
  }
}

function show({ total, hits, understood }) {
  const corrected =
    understood.corrections.length > 0 ? `, corrected: ${understood.corrections.join(', ')}` : '';
  summary.textContent = `${total} products${corrected}`;
  list.replaceChildren(
    ...hits.map(({ product }) => {
      const item = document.createElement('li');
      // textContent, not innerHTML: titles come from suppliers.
      item.textContent = [product.title, product.brand, product.price].filter(Boolean).join(' · ');
      return item;
    }),
  );
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});
input.addEventListener('input', search);
