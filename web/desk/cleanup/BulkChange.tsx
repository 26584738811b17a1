import { useEffect, useState } from 'preact/hooks';
import { ApiError, call } from '../../shared/call.js';
import { counted } from '../../shared/format.js';
import { useActor } from '../useActor.js';

export interface Outcome {
  readonly products: number;
  readonly values: number;
  readonly run: number | null;
}

interface Props {
  /** How many are chosen, and what one and several of them are called. */
  readonly what: readonly [count: number, one: string, several: string];
  /** Stands for what is chosen: the preview of another choice is void. */
  readonly request: string;
  /** Counts or makes the change; a sentence, if it cannot be made. */
  readonly change: string | ((preview: boolean, by: string) => Promise<Outcome>);
  readonly onDone: () => void;
  /** Default: values of products change. */
  readonly words?: Words;
}

interface Words {
  /** `This archives`, before the number of products. */
  readonly announced: string;
  /** `Archive`, before the number of products. */
  readonly order: string;
  readonly done: (outcome: Outcome) => string;
  readonly undone: (restored: number, kept: number) => string;
}

const CHANGES: Words = {
  announced: 'This changes',
  order: 'Change',
  done: (outcome) =>
    `Changed ${counted(outcome.values, 'value')} in ${counted(outcome.products, 'product')}.`,
  undone: undoneWords,
};

/** The bar below a list: preview what is chosen, apply it, undo it. */
export function BulkChange({ what: [count, one, several], request, change, onDone, words = CHANGES }: Props) {
  const [by, setBy] = useActor();
  const [preview, setPreview] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const [undoable, setUndoable] = useState<number>();
  useEffect(() => setPreview(undefined), [request]);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setSaid('');
    try {
      await work();
    } catch (error) {
      setSaid(error instanceof ApiError ? error.message : 'That did not work; try again.');
    } finally {
      setBusy(false);
    }
  };
  const products = (outcome: Outcome) => counted(outcome.products, 'product');
  const look = (count: Exclude<Props['change'], string>) =>
    run(async () => {
      const found = await count(true, by.trim() || 'preview');
      if (found.products > 0) return setPreview(found);
      setSaid(
        'Nothing would change: somebody changed these products meanwhile. The list is up to date again.',
      );
      onDone();
    });
  const apply = (make: Exclude<Props['change'], string>) =>
    run(async () => {
      const done = await make(false, by.trim());
      setPreview(undefined);
      setUndoable(done.run ?? undefined);
      setSaid(done.run === null ? 'Nothing changed: these values are gone already.' : words.done(done));
      onDone();
    });
  const undo = (number: number) =>
    run(async () => {
      const { restored, kept } = await call('post', '/v1/spellings/undo', { body: { run: number } });
      setUndoable(undefined);
      setSaid(words.undone(restored, kept));
      onDone();
    });
  return (
    <section class="bulk" aria-label="Change what is chosen">
      {typeof change === 'string' ? (
        <p>{change}</p>
      ) : preview === undefined ? (
        <>
          <p>
            <strong>{count.toLocaleString()}</strong> {count === 1 ? one : several} chosen
          </p>
          <button
            type="button"
            class="button primary"
            disabled={count === 0 || busy}
            onClick={() => void look(change)}
          >
            Preview
          </button>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void apply(change);
          }}
        >
          <p>
            {words.announced} <strong>{products(preview)}</strong>.
          </p>
          <label class="field inline">
            <span>Your name</span>
            <input
              type="text"
              required
              maxLength={200}
              value={by}
              onInput={(event) => setBy(event.currentTarget.value)}
            />
          </label>
          <button
            type="submit"
            class="button primary"
            disabled={busy || preview.products === 0 || by.trim() === ''}
          >
            {words.order} {products(preview)}
          </button>
          <button type="button" class="button" onClick={() => setPreview(undefined)}>
            Cancel
          </button>
        </form>
      )}
      <p class="said" role="status">
        {said}
      </p>
      {undoable !== undefined && (
        <button type="button" class="button" disabled={busy} onClick={() => void undo(undoable)}>
          Undo
        </button>
      )}
    </section>
  );
}

/** What an undo did. */
export function undoneWords(restored: number, kept: number): string {
  const values = `${restored.toLocaleString()} ${restored === 1 ? 'value is' : 'values are'} as before.`;
  return kept === 0
    ? values
    : `${values} ${kept.toLocaleString()} ${kept === 1 ? 'was' : 'were'} changed since, and ${kept === 1 ? 'stays' : 'stay'}.`;
}
