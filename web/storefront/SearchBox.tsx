import { useEffect, useRef, useState } from 'preact/hooks';
import type { Suggestion } from '../shared/api.js';
import { categoryLevels } from '../shared/format.js';
import { useCompletions } from './useCompletions.js';

const KINDS: Record<Suggestion['kind'], string> = {
  query: '',
  category: 'Category',
  brand: 'Brand',
  value: 'Filter',
  product: 'Product',
};

interface Props {
  readonly text: string;
  /** Called at each letter. */
  readonly onType: (text: string) => void;
  readonly onSubmit: (text: string) => void;
  readonly onChoose: (suggestion: Suggestion) => void;
}

/**
 * The search box with completions in a list below it: the combobox pattern of WAI-ARIA, with the focus in the box. Arrows
 * choose, Enter takes, Escape closes.
 */
export function SearchBox({ text, onType, onSubmit, onChoose }: Props) {
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { suggestions, ask, close } = useCompletions();
  // Among other suggestions nothing is selected.
  const [selected, setSelected] = useState({ place: -1, of: suggestions });
  const active = selected.of === suggestions ? selected.place : -1;
  const open = suggestions.length > 0;

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  useFocusByKey(box);

  const take = (suggestion: Suggestion | undefined) => {
    close();
    if (suggestion !== undefined) onChoose(suggestion);
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'Escape' && open) close();
    else if (key === 'Enter' && active >= 0) take(suggestions[active]);
    else if (key === 'ArrowDown' && !open) ask(text, { now: true });
    else if ((key === 'ArrowDown' || key === 'ArrowUp') && open) {
      // One position more than there are options: the box itself.
      const places = suggestions.length + 1;
      const place = ((active + 1 + (key === 'ArrowDown' ? 1 : places - 1)) % places) - 1;
      setSelected({ place, of: suggestions });
    } else {
      if (key === 'Enter' || key === 'Tab') close();
      return;
    }
    event.preventDefault();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    close();
    onSubmit(text);
  };
  return (
    <search>
      <form class="search-box" onSubmit={submit}>
        <label class="hidden" for="q">
          Search the shop
        </label>
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13zM15.300 15.300L20.500 20.500" />
        </svg>
        <input
          id="q"
          ref={box}
          type="search"
          name="q"
          value={text}
          maxLength={1000}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="What are you looking for?"
          enterkeyhint="search"
          list={undefined}
          // biome-ignore lint/a11y/noRedundantRoles: without a datalist a search field is no combobox
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls="completions"
          aria-activedescendant={active >= 0 ? `completion-${active}` : undefined}
          onInput={({ currentTarget }) => {
            onType(currentTarget.value);
            ask(currentTarget.value);
          }}
          onKeyDown={press}
          onBlur={close}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
        <div
          id="completions"
          ref={list}
          role="listbox"
          aria-label="Completions"
          hidden={!open}
          // Keeps the focus in the box, so that a click does not close the list.
          onMouseDown={(event) => event.preventDefault()}
        >
          {suggestions.map((suggestion, place) => (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the box has the focus and the keys
            <div
              key={`${suggestion.kind} ${suggestion.id ?? suggestion.text}`}
              id={`completion-${place}`}
              role="option"
              aria-selected={place === active}
              onClick={() => take(suggestion)}
            >
              <span class="completion">
                <Typed suggestion={suggestion} />
              </span>
              <span class="about">{aboutOf(suggestion)}</span>
            </div>
          ))}
        </div>
      </form>
    </search>
  );
}

/** The suggestion with what was typed marked; of a category its last level. */
function Typed({ suggestion: { kind, text, highlights } }: { readonly suggestion: Suggestion }) {
  const from = kind === 'category' ? text.length - (categoryLevels(text).at(-1) ?? text).length : 0;
  const parts = [];
  let at = from;
  for (const [start, end] of highlights) {
    if (start < at) continue;
    parts.push(text.slice(at, start), <mark>{text.slice(start, end)}</mark>);
    at = end;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}

function aboutOf({ kind, text, count }: Suggestion): string {
  const above = kind === 'category' ? categoryLevels(text).at(-2) : undefined;
  const about = above === undefined ? KINDS[kind] : `in ${above}`;
  return [about, count === undefined ? '' : count.toLocaleString()].filter((part) => part !== '').join(' · ');
}

/** `/` goes to the box, unless the user types elsewhere. */
function useFocusByKey(box: { readonly current: HTMLInputElement | null }) {
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== '/' || event.ctrlKey || event.metaKey) return;
      if (document.querySelector('dialog[open]') !== null) return;
      if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, [box]);
}
