import { element } from './element.js';
import { keepKey } from './key.js';

/** @import { KeyError } from './api.js' */

const NO_KEY = 'A key has no spaces, and no letters beyond A to Z: copy it again.';

/**
 * Asks for the key of the service. Calls `onKey` when one was entered.
 * @param {KeyError} error
 * @param {() => void} onKey
 */
export function keyForm(error, onKey) {
  const box = element('input', {
    type: 'password',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    required: true,
    maxlength: 1000,
  });
  const message = element('p', { role: 'alert', class: error.wrong ? 'wrong' : undefined }, error.message);
  const form = element(
    'form',
    { class: 'key-form' },
    message,
    element('label', {}, element('span', {}, 'Key'), box),
    element('button', { type: 'submit', class: 'chip' }, 'Use this key'),
    element('p', { class: 'about' }, 'It is kept until this tab is closed.'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (box instanceof HTMLInputElement && keepKey(box.value)) return onKey();
    message.className = 'wrong';
    message.textContent = NO_KEY;
  });
  return form;
}

/**
 * Shows the form in `root`, and moves the focus to it if the user has just entered another key there.
 * @param {HTMLElement} root
 * @param {Node[]} before what to show above it
 * @param {HTMLElement} form
 */
export function showKeyForm(root, before, form) {
  const entered = root.querySelector('.key-form')?.contains(document.activeElement) === true;
  root.replaceChildren(...before, form);
  if (entered) form.querySelector('input')?.focus();
}
