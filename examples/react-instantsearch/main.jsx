import { liteClient } from 'algoliasearch/lite';
import { createRoot } from 'react-dom/client';
import {
  Configure,
  CurrentRefinements,
  HierarchicalMenu,
  Highlight,
  Hits,
  InstantSearch,
  Pagination,
  RangeInput,
  RefinementList,
  SearchBox,
  SortBy,
  Stats,
} from 'react-instantsearch';

// The address of the service, and an API key with the scope `search` (any text while the service has no keys).
const parameters = new URLSearchParams(location.search);
const service = new URL(parameters.get('service') ?? 'http://127.0.0.1:3000');
const searchClient = liteClient('shop', parameters.get('key') ?? 'none', {
  hosts: [{ url: service.host, accept: 'readWrite', protocol: service.protocol.slice(0, -1) }],
});

const ORDERS = [
  { value: 'products', label: 'Relevance' },
  { value: 'products/sort/price:asc', label: 'Lowest price' },
  { value: 'products/sort/price:desc', label: 'Highest price' },
];

function Hit({ hit }) {
  return (
    <article>
      <Highlight attribute="title" hit={hit} /> {hit.brand} {hit.price} {hit.currency}
    </article>
  );
}

function Facet({ title, children }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

createRoot(document.querySelector('#root')).render(
  <InstantSearch searchClient={searchClient} indexName="products">
    <Configure hitsPerPage={12} />
    <SearchBox placeholder="Search" />
    <SortBy items={ORDERS} />
    <Stats />
    <CurrentRefinements />
    <Facet title="Category">
      <HierarchicalMenu attributes={['categories.lvl0', 'categories.lvl1', 'categories.lvl2']} />
    </Facet>
    <Facet title="Brand">
      <RefinementList attribute="brand" searchable />
    </Facet>
    <Facet title="Color">
      <RefinementList attribute="attributes.color" />
    </Facet>
    <Facet title="Price">
      <RangeInput attribute="price" />
    </Facet>
    <Hits hitComponent={Hit} />
    <Pagination />
  </InstantSearch>,
);
