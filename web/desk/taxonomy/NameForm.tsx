import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { FieldProblem, invalid } from './FieldProblem.js';

interface Props {
  /** For the labels: category, attribute, value. */
  readonly what: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly onCancel: () => void;
  /** Undefined for what stays as it is. Answers why it was refused, blank if it was taken. */
  readonly onSave: (name: string | undefined, aliases: readonly string[] | undefined) => Promise<string>;
  readonly children?: ComponentChildren;
}

/** The name of an entry, and what else it is called. */
export function NameForm({ what, name, aliases, onCancel, onSave, children }: Props) {
  const [wanted, setWanted] = useState(name);
  const [also, setAlso] = useState(aliases.join('\n'));
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <form
      class="name-form"
      onSubmit={async (event) => {
        event.preventDefault();
        const lines = also
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
        const same = lines.length === aliases.length && lines.every((line, at) => line === aliases[at]);
        setProblem(
          await onSave(wanted.trim() === name ? undefined : wanted.trim(), same ? undefined : lines),
        );
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <label class="field">
        <span>Name of the {what}</span>
        <input
          ref={first}
          type="text"
          required
          maxLength={200}
          value={wanted}
          {...invalid(problem, problemId)}
          onInput={(event) => {
            setWanted(event.currentTarget.value);
            setProblem('');
          }}
        />
        <FieldProblem id={problemId}>{problem}</FieldProblem>
      </label>
      <label class="field">
        <span>Also written as, one a line</span>
        <textarea
          rows={Math.min(8, Math.max(2, aliases.length + 1))}
          value={also}
          onInput={(event) => setAlso(event.currentTarget.value)}
        />
      </label>
      {children}
      <div class="actions">
        <button type="submit" class="button primary small" disabled={wanted.trim() === ''}>
          Save in the draft
        </button>
        <button type="button" class="button small" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
