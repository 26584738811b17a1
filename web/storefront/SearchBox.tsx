import { element } from './element.js';

/**
 * @typedef {{
 *   kind: 'query' | 'category' | 'brand' | 'value' | 'product', text: string,
 *   filter?: string, id?: string, count?: number, highlights: [number, number][],
 * }} Suggestion
 */

const SHOWN = 8;
const PAUSE_MS = 60;
const KINDS = { query: '', category: 'Category', brand: 'Brand', value: 'Filter', product: 'Product' };

/**
 * Shows completions for `box` in a list below it: the combobox pattern of WAI-ARIA, with the focus in the box.
 * Calls `choose` with the suggestion that was clicked or selected with Enter.
 * @param {HTMLInputElement} box
 * @param {HTMLElement} list
 * @param {(prefix: string, limit: number, signal: AbortSignal) => Promise<Suggestion[]>} complete
 * @param {(chosen: Suggestion) => void} choose
 */
export function completeIn(box, list, complete, choose) {
  /** @type {Suggestion[]} */
  let offered = [];
  let active = -1;
  let asking = new AbortController();
  let pause = 0;

  /** @param {number} next */
  const point = (next) => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = next;
    const option = list.children[active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option === undefined) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', option.id);
  };

  /** @param {Suggestion[]} suggestions */
  const show = (suggestions) => {
    offered = suggestions;
    list.replaceChildren(...suggestions.map(optionOf));
    list.hidden = suggestions.length === 0;
    box.setAttribute('aria-expanded', String(!list.hidden));
    point(-1);
  };

  const close = () => {
    clearTimeout(pause);
    asking.abort();
    show([]);
  };

  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const suggestions = await complete(box.value, SHOWN, signal);
      if (!signal.aborted && document.activeElement === box) show(suggestions);
    } catch {
      // The search itself still works and reports the error.
      if (!signal.aborted) show([]);
    }
  };

  /** @param {Suggestion | undefined} suggestion */
  const take = (suggestion) => {
    close();
    if (suggestion !== undefined) choose(suggestion);
  };

  box.addEventListener('input', () => {
    clearTimeout(pause);
    if (box.value.trim() === '') return close();
    pause = window.setTimeout(ask, PAUSE_MS);
  });
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'Escape' && !list.hidden) close();
    else if (key === 'Enter' && active >= 0) take(offered[active]);
    else if (key === 'ArrowDown' && list.hidden) void ask();
    else if ((key === 'ArrowDown' || key === 'ArrowUp') && !list.hidden) {
      // One position more than there are options: the box itself.
      const places = offered.length + 1;
      point(((active + 1 + (key === 'ArrowDown' ? 1 : places - 1)) % places) - 1);
    } else {
      if (key === 'Enter' || key === 'Tab') close();
      return;
    }
    event.preventDefault();
  });
  box.addEventListener('blur', close);
  // Keeps the focus in the box, so that a click does not close the list.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    if (option !== null) take(offered[[...list.children].indexOf(option)]);
  });
}

/**
 * @param {Suggestion} suggestion
 * @param {number} index
 */
function optionOf({ kind, text, count, highlights }, index) {
  const about = [KINDS[kind], count === undefined ? '' : count.toLocaleString()];
  return element(
    'div',
    { id: `completion-${index}`, role: 'option', 'aria-selected': 'false' },
    element('span', { class: 'completion' }, ...marked(text, highlights)),
    element('span', { class: 'about' }, about.filter((part) => part !== '').join(' · ')),
  );
}

/**
 * @param {string} text
 * @param {[number, number][]} highlights
 */
function marked(text, highlights) {
  const parts = [];
  let at = 0;
  for (const [start, end] of highlights) {
    parts.push(text.slice(at, start), element('mark', {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}
