import { element } from './element.js';
import { categoryLevels, shownField, shownValue } from './format.js';

/** @import { FacetValue } from './api.js' */
/** @import { State, Value } from './state.js' */

const SHOWN_AT_FIRST = 7;
const FIRST_FIELDS = ['category', 'brand'];

/** Fields whose whole list is shown; kept between searches. @type {Set<string>} */
const unfolded = new Set();

/**
 * A list of checkboxes per field: selected values first, then by count.
 * @param {{ lead: HTMLElement, rest: HTMLElement }} roots category and brand come first, the others after the price
 * @param {Record<string, FacetValue[]>} facets
 * @param {State} state
 * @param {(field: string, value: Value) => void} onToggle
 */
export function showFacets({ lead, rest }, facets, state, onToggle) {
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
  const fields = fieldsInOrder(facets, state);
  for (const [root, here] of /** @type {const} */ ([
    [lead, true],
    [rest, false],
  ])) {
    const shown = fields.filter((field) => FIRST_FIELDS.includes(field) === here);
    root.replaceChildren(
      ...shown.map((field) => {
        const chosen = state.filters[field] ?? [];
        return group(field, withChosen(facets[field] ?? [], chosen), chosen, onToggle);
      }),
    );
    for (const control of root.querySelectorAll('[data-key]')) {
      if (control instanceof HTMLElement && control.dataset.key === focused) control.focus();
    }
  }
}

/**
 * A field with a single value is useless as a filter, unless it is selected.
 * @param {Record<string, FacetValue[]>} facets
 * @param {State} state
 */
function fieldsInOrder(facets, state) {
  const fields = [...new Set([...FIRST_FIELDS, ...Object.keys(facets), ...Object.keys(state.filters)])];
  return fields.filter((field) => (facets[field] ?? []).length > 1 || state.filters[field] !== undefined);
}

/** @param {FacetValue[]} values @param {Value[]} chosen */
function withChosen(values, chosen) {
  const missing = chosen.filter((value) => !values.some((other) => other.value === value));
  const all = [...values, ...missing.map((value) => ({ value, count: 0 }))];
  return [
    ...all.filter(({ value }) => chosen.includes(value)),
    ...all.filter(({ value }) => !chosen.includes(value)),
  ];
}

/**
 * @param {string} field
 * @param {FacetValue[]} values
 * @param {Value[]} chosen
 * @param {(field: string, value: Value) => void} onToggle
 */
function group(field, values, chosen, onToggle) {
  const list = element('ul');
  const fieldset = element('fieldset', { class: 'facet' }, element('legend', {}, shownField(field)), list);
  const atFirst = Math.max(SHOWN_AT_FIRST, chosen.length);
  const fill = () => {
    const shown = unfolded.has(field) ? values : values.slice(0, atFirst);
    list.replaceChildren(
      ...shown.map((value) => choice(field, value, chosen.includes(value.value), onToggle)),
    );
  };
  fill();
  if (values.length > atFirst) {
    const more = element('button', { type: 'button', class: 'quiet', 'data-key': `more ${field}` });
    const label = () => {
      more.textContent = unfolded.has(field) ? 'Show fewer' : `Show all ${values.length}`;
      more.setAttribute('aria-expanded', String(unfolded.has(field)));
    };
    more.addEventListener('click', () => {
      if (!unfolded.delete(field)) unfolded.add(field);
      fill();
      label();
    });
    label();
    fieldset.append(more);
  }
  return fieldset;
}

/**
 * @param {string} field
 * @param {FacetValue} facet
 * @param {boolean} checked
 * @param {(field: string, value: Value) => void} onToggle
 */
function choice(field, { value, count }, checked, onToggle) {
  const box = element('input', { type: 'checkbox', checked, 'data-key': `${field} ${value}` });
  box.addEventListener('change', () => onToggle(field, value));
  const name = element('span', { class: 'facet-value', title: shownValue(value) }, ...nameOf(field, value));
  const label = element('label', {}, box, name, element('span', { class: 'count' }, count.toLocaleString()));
  return element('li', {}, label);
}

/** @param {string} field @param {Value} value */
export function nameOf(field, value) {
  if (field !== 'category' || typeof value !== 'string') return [shownValue(value)];
  const levels = categoryLevels(value);
  const leaf = levels.pop() ?? value;
  const above = levels.pop();
  return above === undefined ? [leaf] : [leaf, element('small', {}, ` ${above}`)];
}
