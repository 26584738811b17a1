import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { call, KeyError } from '../../shared/call.js';
import { Dialog } from '../../shared/Dialog.js';
import { counted, shownFact, shownField } from '../../shared/format.js';
import { useAnswer } from '../useAnswer.js';
import type { Group, Value } from './words.js';

/** The service takes no longer value. */
const MAX_LENGTH = 200;

interface Props {
  readonly group: Group;
  readonly count: number;
  readonly onChoose: (value: Value) => void;
  readonly onClose: () => void;
}

/** Asks for the right value: a combobox over the values of the taxonomy, with the focus in the box. */
export function CorrectDialog({ group, count, onChoose, onClose }: Props) {
  const { field, value } = group;
  const [typed, setTyped] = useState('');
  const [selected, setSelected] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { answer, error } = useAnswer(`${field} ${typed}`, (signal) =>
    call('get', '/v1/fields/{field}/values', { path: { field }, query: { q: typed, limit: 50 }, signal }),
  );
  useLayoutEffect(() => box.current?.focus(), []);
  useEffect(() => {
    // The frame asks for a key, which a modal dialog would cover.
    if (error instanceof KeyError) onClose();
  }, [error]);
  useEffect(() => {
    list.current?.children[selected]?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const listed = (answer?.values ?? []).filter((one) => one !== value);
  const own = typed.trim();
  const isListed = listed.some((one) => shownFact(field, one).toLowerCase() === own.toLowerCase());
  const options: Value[] = answer?.open === true && own !== '' && !isListed ? [...listed, own] : listed;
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : -1;
      setSelected((selected + step + options.length) % Math.max(1, options.length));
    } else if (key === 'Enter') {
      const chosen = options[selected];
      if (chosen !== undefined) onChoose(chosen);
    } else return;
    event.preventDefault();
  };
  return (
    <Dialog class="review-dialog" labelledBy="correct-title" onClose={onClose}>
      <h2 id="correct-title">
        {shownField(field)} of {counted(count, 'product')}
      </h2>
      <p class="about">Instead of {shownFact(field, value)}:</p>
      <label class="field">
        <span>Right value{answer?.unit !== undefined && `, in ${answer.unit}`}</span>
        <input
          ref={box}
          type="text"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={options.length > 0}
          aria-controls="correct-values"
          aria-activedescendant={options.length > 0 ? `correct-${selected}` : undefined}
          autocomplete="off"
          spellcheck={false}
          maxLength={MAX_LENGTH}
          value={typed}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setSelected(0);
          }}
          onKeyDown={press}
        />
      </label>
      {typed.length >= MAX_LENGTH && (
        <p class="about" role="status">
          A value has at most {MAX_LENGTH} characters.
        </p>
      )}
      {error !== undefined && <p role="alert">{error.message}</p>}
      <div id="correct-values" ref={list} role="listbox" aria-label="Values" hidden={options.length === 0}>
        {options.map((option, place) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the box has the focus and the keys
          <div
            key={String(option)}
            id={`correct-${place}`}
            role="option"
            aria-selected={place === selected}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option)}
          >
            {shownFact(field, option)}
            {option === own && !listed.includes(own) && <span class="about"> as typed</span>}
          </div>
        ))}
      </div>
      {answer !== undefined && options.length === 0 && (
        <p class="about">
          {own === ''
            ? 'Type the right value.'
            : `The taxonomy has no other value with “${own}”. Reject the suggestion, or add the value to the taxonomy.`}
        </p>
      )}
      {answer !== undefined && answer.total > answer.values.length && (
        <p class="about">
          {(answer.total - answer.values.length).toLocaleString()} more: type to narrow them down.
        </p>
      )}
    </Dialog>
  );
}
