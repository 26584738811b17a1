import { ApiError, product as askProduct, KeyError, similar } from './api.js';
import { offer } from './cards.js';
import { picture } from './drawings/picture.js';
import { element } from './element.js';
import { attributesOf, categoryLevels, shownField, shownTitle, shownValue, textOf } from './format.js';
import { keyForm, showKeyForm } from './keyForm.js';
import { factsOf, isSpan, pieces, reasonOf, sureness } from './reasons.js';

/** @import { Fact, Product } from './api.js' */

const SIMILAR = 6;
/** Fields that the top of the panel shows, and fields that are not for shoppers. */
const NOT_LISTED = new Set([
  'title',
  'description',
  'price',
  'currency',
  'availability',
  'image',
  'url',
  'attributes',
  '_shelfwright',
]);

/**
 * Shows all known data of a product and, for filled values, their evidence.
 * @param {HTMLElement} root
 * @param {string} id
 * @param {(id: string) => string} hrefOf the address of another product
 * @param {() => void} onKey called when the user entered a key, where one is required
 * @param {AbortSignal} signal
 */
export async function showProduct(root, id, hrefOf, onKey, signal) {
  if (root.querySelector('.key-form') === null)
    root.replaceChildren(element('p', { class: 'waiting' }, 'Loading the product…'));
  try {
    const product = await askProduct(id, signal);
    const strip = element('section', { class: 'similar', hidden: true });
    root.replaceChildren(head(product), facts(product, hrefOf), strip);
    pairQuotes(root);
    await showSimilar(strip, id, hrefOf, signal);
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof KeyError) {
      const heading = element('h2', { id: 'panel-title' }, 'A key is needed');
      return showKeyForm(root, [heading], keyForm(error, onKey));
    }
    const words = error instanceof ApiError ? error.message : 'The product could not be shown.';
    root.replaceChildren(element('h2', { id: 'panel-title' }, id), element('p', { class: 'waiting' }, words));
  }
}

/** @param {Product} product */
function head(product) {
  const known = factsOf(product);
  const spans = known.flatMap((fact, index) =>
    isSpan(fact.evidence) ? [{ span: fact.evidence, key: String(index) }] : [],
  );
  /** @param {string[]} keys */
  const titleOf = (keys) =>
    keys
      .flatMap((key) => known[Number(key)] ?? [])
      .map(({ field, value }) => `${shownField(field)}: ${shownFact(field, value)}`)
      .join('\n');
  /** @param {string} field @param {string} fallback */
  const quoted = (field, fallback = '') =>
    pieces(
      textOf(product, field) || fallback,
      spans.filter(({ span }) => span.field === field),
    ).map(({ text, keys }) =>
      keys.length === 0
        ? text
        : element('mark', { 'data-quotes': keys.join(' '), title: titleOf(keys) }, text),
    );
  const words = element('div', { class: 'head-words' });
  const brand = quoted('brand');
  if (textOf(product, 'brand') !== '') words.append(element('p', { class: 'brand' }, ...brand));
  words.append(element('h2', { id: 'panel-title' }, ...quoted('title', product.id)), offer(product));
  const address = textOf(product, 'url');
  if (/^https?:\/\//i.test(address)) {
    words.append(
      element(
        'p',
        {},
        element('a', { href: address, rel: 'noopener noreferrer', target: '_blank' }, 'See it in the shop'),
      ),
    );
  }
  if (textOf(product, 'description') !== '') {
    words.append(element('p', { class: 'description' }, ...quoted('description')));
  }
  return element('div', { class: 'head' }, picture(product), words);
}

/**
 * @param {Product} product
 * @param {(id: string) => string} hrefOf
 */
function facts(product, hrefOf) {
  const known = factsOf(product);
  const rows = element('dl', { class: 'facts' });
  const suggested = element('dl', { class: 'facts' });
  for (const [field, value] of fieldsOf(product)) {
    const index = known.findIndex((fact) => fact.field === field && fact.status === 'applied');
    const fact = known[index];
    rows.append(
      element(
        'div',
        fact === undefined ? {} : { class: 'filled', 'data-fact': String(index) },
        element('dt', {}, shownField(field)),
        element(
          'dd',
          {},
          element('span', { class: 'value' }, shownFact(field, value)),
          ...(fact ? origin(fact, hrefOf) : []),
        ),
      ),
    );
  }
  known.forEach((fact, index) => {
    if (fact.status !== 'suggested') return;
    suggested.append(
      element(
        'div',
        { class: 'suggested', 'data-fact': String(index) },
        element('dt', {}, shownField(fact.field)),
        element(
          'dd',
          {},
          element('span', { class: 'value' }, shownFact(fact.field, fact.value)),
          ...origin(fact, hrefOf),
        ),
      ),
    );
  });
  const filled = known.filter((fact) => fact.status === 'applied').length;
  const section = element('section', {}, element('h3', {}, 'What is known'));
  if (filled > 0) {
    const count = filled === 1 ? 'One value was' : `${filled} values were`;
    section.append(
      element('p', { class: 'legend' }, `${count} missing and filled in, each with its reason.`),
    );
  }
  section.append(rows);
  if (suggested.childElementCount > 0) {
    section.append(element('h3', {}, 'Suggested, waiting for review'), suggested);
  }
  return section;
}

/** @param {Product} product @returns {[string, unknown][]} */
function fieldsOf(product) {
  const own = Object.entries(product).filter(
    ([name, value]) => !NOT_LISTED.has(name) && value !== null && value !== '',
  );
  const attributes = Object.entries(attributesOf(product)).map(
    ([name, value]) => /** @type {[string, unknown]} */ ([`attributes.${name}`, value]),
  );
  const first = own.filter(([name]) => name === 'category' || name === 'brand');
  return [...first, ...attributes, ...own.filter((entry) => !first.includes(entry))];
}

/** @param {string} field @param {unknown} value */
function shownFact(field, value) {
  return field === 'category' && typeof value === 'string'
    ? categoryLevels(value).join(' › ')
    : shownValue(value);
}

/**
 * @param {Fact} fact
 * @param {(id: string) => string} hrefOf
 */
function origin(fact, hrefOf) {
  const line = element('span', { class: 'origin' }, reasonOf(fact));
  if (fact.source === 'model') line.append(element('span', { class: 'sure' }, sureness(fact.confidence)));
  if (!('neighbours' in fact.evidence)) return [line];
  const list = element('ul', { class: 'neighbours' });
  for (const { id, similarity } of fact.evidence.neighbours) {
    const link = element('a', { href: hrefOf(id), 'data-product': id }, id);
    const alike = element('span', { class: 'sure' }, `${Math.round(similarity * 100)}% alike`);
    list.append(element('li', {}, link, ' ', alike));
  }
  return [line, list];
}

/**
 * Pointing at a filled value highlights its words in the text.
 * @param {HTMLElement} root
 */
function pairQuotes(root) {
  for (const row of root.querySelectorAll('[data-fact]')) {
    if (!(row instanceof HTMLElement)) continue;
    const key = row.dataset.fact ?? '';
    /** @param {boolean} lit */
    const light = (lit) => {
      for (const mark of root.querySelectorAll('mark')) {
        if (mark.dataset.quotes?.split(' ').includes(key)) mark.classList.toggle('lit', lit);
      }
    };
    row.addEventListener('pointerenter', () => light(true));
    row.addEventListener('pointerleave', () => light(false));
  }
}

/**
 * @param {HTMLElement} strip
 * @param {string} id
 * @param {(id: string) => string} hrefOf
 * @param {AbortSignal} signal
 */
async function showSimilar(strip, id, hrefOf, signal) {
  const answer = await similar(id, SIMILAR, signal).catch(() => ({ hits: [] }));
  if (signal.aborted || answer.hits.length === 0) return;
  const list = element('ul');
  for (const hit of answer.hits) {
    const link = element('a', { href: hrefOf(hit.id), 'data-product': hit.id }, shownTitle(hit.product));
    list.append(element('li', { class: 'card' }, picture(hit.product), link));
  }
  strip.replaceChildren(element('h3', {}, 'More like this'), list);
  strip.hidden = false;
}
