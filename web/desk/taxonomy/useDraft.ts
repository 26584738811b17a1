import { useState } from 'preact/hooks';
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
  const act = async (work: Promise<Drafted>, words: (drafted: Drafted) => string, undoable: boolean) => {
    try {
      const drafted = await work;
      setNewer(drafted);
      setSaid(words(drafted));
      setCanUndo(undoable);
      return true;
    } catch (failure) {
      setSaid(failure instanceof ApiError ? failure.message : 'That did not work; try again.');
      setCanUndo(false);
      return false;
    }
  };
  return {
    draft: (newer ?? answer)?.draft,
    ...(error !== undefined && { error }),
    reload: () => {
      setNewer(undefined);
      reload();
    },
    said,
    canUndo,
    edit: (edits) =>
      act(
        call('post', '/v1/taxonomy/draft/edits', { body: { edits: [...edits] } }),
        ({ draft }) =>
          edits.length === 1
            ? `In the draft: ${draft?.edits.at(-1) ?? ''}`
            : `${edits.length.toLocaleString()} edits are in the draft.`,
        true,
      ),
    undo: () => act(call('post', '/v1/taxonomy/draft/undo'), () => 'The last edit is taken back.', false),
    discard: () => act(call('delete', '/v1/taxonomy/draft'), () => 'The draft is discarded.', false),
  };
}
