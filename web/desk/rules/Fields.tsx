import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { linesOf } from './form.js';

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly about?: string;
  readonly placeholder?: string;
  readonly inputMode?: 'text' | 'decimal' | 'numeric';
}

export function TextField({ label, value, onValue, about, placeholder, inputMode = 'text' }: TextProps) {
  const id = useId();
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        inputMode={inputMode}
        autocomplete="off"
        spellcheck={false}
        value={value}
        placeholder={placeholder}
        aria-describedby={about === undefined ? undefined : id}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {about !== undefined && (
        <small id={id} class="about">
          {about}
        </small>
      )}
    </label>
  );
}

interface LinesProps {
  readonly label: string;
  readonly lines: readonly string[];
  readonly onLines: (lines: string[]) => void;
  readonly about?: string;
}

/** One value a line. */
export function LinesField({ label, lines, onLines, about }: LinesProps) {
  const id = useId();
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        rows={Math.min(8, Math.max(2, lines.length + 1))}
        spellcheck={false}
        value={lines.join('\n')}
        aria-describedby={about === undefined ? undefined : id}
        onInput={(event) => onLines(linesOf(event.currentTarget.value))}
      />
      {about !== undefined && (
        <small id={id} class="about">
          {about}
        </small>
      )}
    </label>
  );
}

interface RowsProps<Row> {
  /** Of one row: `pin`. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly empty: Row;
  readonly onRows: (rows: readonly Row[]) => void;
  readonly children: (row: Row, change: (part: Partial<Row>) => void, place: number) => ComponentChildren;
}

/** Rows of fields that can be added and removed. */
export function Rows<Row>({ name, rows, empty, onRows, children }: RowsProps<Row>) {
  const change = (place: number) => (part: Partial<Row>) =>
    onRows(rows.map((row, other) => (other === place ? { ...row, ...part } : row)));
  return (
    <div class="rows">
      {rows.map((row, place) => (
        <div class="row" key={place}>
          {children(row, change(place), place)}
          <button
            type="button"
            class="quiet"
            aria-label={`Remove ${name} ${place + 1}`}
            onClick={() => onRows(rows.filter((_, other) => other !== place))}
          >
            Remove
          </button>
        </div>
      ))}
      <button type="button" class="quiet" onClick={() => onRows([...rows, empty])}>
        Add a {name}
      </button>
    </div>
  );
}
