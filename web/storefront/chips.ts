import { element } from './element.js';
import { nameOf } from './facets.js';
import { shownField } from './format.js';
import { emptyState, toggled } from './state.js';

/** @import { Answer } from './api.js' */
/** @import { State } from './state.js' */

/**
 * `1,204 products`
 * @param {Answer} answer
 */
export function countOf(answer) {
  if (answer.total === 0) return 'No products';
  return answer.total === 1 ? '1 product' : `${answer.total.toLocaleString()} products`;
}

/** @param {Answer} answer */
export function howOf(answer) {
  const mode = answer.mode === 'hybrid' ? 'by words and meaning' : 'by words only';
  return `${mode} · ${Math.max(1, Math.round(answer.took_ms)).toLocaleString()} ms`;
}

/** @param {Answer} answer */
export function understoodOf(answer) {
  const { corrections, synonyms } = answer.understood;
  const parts = [];
  if (corrections.length > 0) parts.push(`corrected to ${corrections.join(', ')}`);
  if (synonyms.length > 0) parts.push(`also searched for ${synonyms.join(', ')}`);
  return parts.join(' · ');
}

/**
 * How words of the query were interpreted, each with a button to search them as plain words.
 * @param {HTMLElement} root
 * @param {Answer} answer
 * @param {State} state
 * @param {(next: State) => void} onChange
 */
export function showReadings(root, answer, state, onChange) {
  const buttons = answer.understood.readings.map(({ text, filter, strict }) => {
    const made = element(
      'button',
      { type: 'button', class: 'chip', title: `${strict ? 'Only' : 'Preferred:'} ${filter}` },
      element('span', { class: 'hidden' }, 'Search as plain words: '),
      element('span', { class: 'chip-field' }, strict ? 'only ' : 'preferred '),
      text,
      element('span', { 'aria-hidden': 'true', class: 'cross' }, '×'),
    );
    made.addEventListener('click', () => onChange({ ...state, ignore: [...state.ignore, filter], page: 1 }));
    return made;
  });
  root.append(...buttons);
  if (state.ignore.length === 0) return;
  const again = element('button', { type: 'button', class: 'quiet' }, 'Interpret the query again');
  again.addEventListener('click', () => onChange({ ...state, ignore: [], page: 1 }));
  root.append(again);
}

/**
 * The selected filters, each with a button that removes it.
 * @param {HTMLElement} root
 * @param {State} state
 * @param {(next: State) => void} onChange
 */
export function showChosen(root, state, onChange) {
  /** @param {State} next @param {...(Node | string)} words */
  const chip = (next, ...words) => {
    const cross = element('span', { 'aria-hidden': 'true', class: 'cross' }, '×');
    const remove = element(
      'button',
      { type: 'button', class: 'chip' },
      element('span', { class: 'hidden' }, 'Remove: '),
      ...words,
      cross,
    );
    remove.addEventListener('click', () => onChange(next));
    return remove;
  };
  const chips = Object.entries(state.filters).flatMap(([field, values]) =>
    values.map((value) =>
      chip(
        toggled(state, field, value),
        element('span', { class: 'chip-field' }, `${shownField(field)} `),
        ...nameOf(field, value),
      ),
    ),
  );
  if (state.min !== undefined) chips.push(chip({ ...state, min: undefined, page: 1 }, `From ${state.min}`));
  if (state.max !== undefined) chips.push(chip({ ...state, max: undefined, page: 1 }, `Up to ${state.max}`));
  if (chips.length > 1) {
    const all = element('button', { type: 'button', class: 'quiet' }, 'Clear all');
    all.addEventListener('click', () => onChange({ ...emptyState(), q: state.q, sort: state.sort }));
    chips.push(all);
  }
  root.replaceChildren(...chips);
}
