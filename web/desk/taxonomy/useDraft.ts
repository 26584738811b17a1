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
  /** Products that each edit of the draft is about; undefined while they are counted. */
  readonly products: readonly number[] | undefined;
  /** All edits or none are taken: why not, blank if they are. */
  readonly edit: (edits: readonly Edit[]) => Promise<string>;
  readonly undo: () => Promise<string>;
  readonly discard: () => Promise<string>;
}

/** The draft of the taxonomy, and what can be done to it. */
export function useDraft(): Drafting {
  const { answer, error, reload } = useAnswer('draft', (signal) =>
    call('get', '/v1/taxonomy/draft', { signal }),
  );
  const revision = (shown: Drafted | undefined) => shown?.draft?.revision ?? '';
  const [newer, setNewer] = useState<Drafted>();
  const [said, setSaid] = useState('');
  const [canUndo, setCanUndo] = useState(false);
  const working = useRef(false);
  const known = (newer ?? answer)?.draft;
  const counts = useAnswer(`draft products ${revision(newer ?? answer)}`, (signal) =>
    call('get', '/v1/taxonomy/draft/products', { signal }),
  );
  /** What this page shows: a change of something else is refused. */
  const based = known === undefined ? {} : { if_revision: known?.revision ?? 'none' };
  const act = async (
    work: () => Promise<Drafted>,
    words: (drafted: Drafted) => string,
    undoable: boolean,
  ) => {
    // A double click is one click.
    if (working.current) return 'One change after the other: the last one is being saved.';
    working.current = true;
    try {
      const drafted = await work();
      setNewer(drafted);
      setSaid(words(drafted));
      setCanUndo(undoable);
      return '';
    } catch (failure) {
      const reason = failure instanceof ApiError ? failure.message : 'That did not work; try again.';
      setSaid(reason);
      setCanUndo(false);
      if (failure instanceof ApiError && failure.status === 409) {
        setNewer(undefined);
        reload();
      }
      return reason;
    } finally {
      working.current = false;
    }
  };
  return {
    draft: known,
    products: counts.answer?.edits,
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
