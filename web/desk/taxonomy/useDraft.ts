import { useRef, useState } from 'preact/hooks';
import { type Answer, ApiError, call } from '../../shared/call.js';
import { useAnswer } from '../useAnswer.js';

type Drafted = Answer<'/v1/taxonomy/draft', 'get'>;
export type Draft = NonNullable<Drafted['draft']>;
export type Edit = Parameters<typeof call<'post', '/v1/taxonomy/draft/edits'>>[2] extends
  | { readonly body?: infer Body }
  | undefined
  ? NonNullable<Body> extends { edits: (infer One)[] }
    ? One
    : never
  : never;

export interface Drafting {
  /** Null if there is none, undefined while it loads. */
  readonly draft: Draft | null | undefined;
  readonly error?: ApiError;
  readonly reload: () => void;
  /** What the last edit did. */
  readonly said: string;
  readonly canUndo: boolean;
  /** Whether all edits were taken. */
  readonly edit: (edits: readonly Edit[]) => Promise<boolean>;
  readonly undo: () => Promise<boolean>;
  readonly discard: () => Promise<boolean>;
}

/** The draft of the taxonomy, and what can be done to it. */
export function useDraft(): Drafting {
  const { answer, error, reload } = useAnswer('draft', (signal) =>
    call('get', '/v1/taxonomy/draft', { signal }),
  );
  const [newer, setNewer] = useState<Drafted>();
  const [said, setSaid] = useState('');
  const [canUndo, setCanUndo] = useState(false);
  const working = useRef(false);
  const known = (newer ?? answer)?.draft;
  /** What this page shows: a change of something else is refused. */
  const based = known === undefined ? {} : { if_revision: known?.revision ?? 'none' };
  const act = async (
    work: () => Promise<Drafted>,
    words: (drafted: Drafted) => string,
    undoable: boolean,
  ) => {
    // A double click is one click.
    if (working.current) return false;
    working.current = true;
    try {
      const drafted = await work();
      setNewer(drafted);
      setSaid(words(drafted));
      setCanUndo(undoable);
      return true;
    } catch (failure) {
      setSaid(failure instanceof ApiError ? failure.message : 'That did not work; try again.');
      setCanUndo(false);
      if (failure instanceof ApiError && failure.status === 409) {
        setNewer(undefined);
        reload();
      }
      return false;
    } finally {
      working.current = false;
    }
  };
  return {
    draft: known,
    ...(error !== undefined && { error }),
    reload: () => {
      setNewer(undefined);
      reload();
    },
    said,
    canUndo,
    edit: (edits) =>
      act(
        () => call('post', '/v1/taxonomy/draft/edits', { body: { edits: [...edits], ...based } }),
        ({ draft }) =>
          edits.length === 1
            ? `In the draft: ${draft?.edits.at(-1) ?? ''}`
            : `${edits.length.toLocaleString()} edits are in the draft.`,
        true,
      ),
    undo: () =>
      act(
        () => call('post', '/v1/taxonomy/draft/undo', { query: based }),
        () => 'The last edit is taken back.',
        false,
      ),
    discard: () =>
      act(
        () => call('delete', '/v1/taxonomy/draft', { query: based }),
        () => 'The draft is discarded.',
        false,
      ),
  };
}
