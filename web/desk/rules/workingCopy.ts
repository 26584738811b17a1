import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Answer, type ApiError, call } from '../../shared/call.js';
import { useAnswer } from '../useAnswer.js';
import { useDebounced } from '../useDebounced.js';
import { asYaml } from './document.js';

export type Current = Answer<'/v1/rules', 'get'>;
export type Finding = Current['findings'][number];

const STORED = 'shelfwright-rules-draft';
const CHECK_AFTER_MS = 350;

interface Draft {
  /** The version that it was made from, and its text. */
  readonly base: number;
  readonly baseText: string;
  readonly text: string;
}

export interface WorkingCopy extends Draft {
  readonly isChanged: boolean;
  readonly edit: (text: string) => void;
  /** Goes on from this version, with `text` instead of its own. */
  readonly moveTo: (current: Pick<Current, 'version' | 'text'>, text?: string) => void;
  readonly discard: () => void;
}

/** The working copy, which outlasts a reload of the page; undefined until the current version is known. */
export function useWorkingCopy(current: Current | undefined): WorkingCopy | undefined {
  const [draft, setDraft] = useState<Draft | undefined>(storedDraft);
  const isLoaded = current !== undefined;
  // A draft without changes follows what others publish; one with changes stays as it is.
  const isKept = draft !== undefined && draft.text !== draft.baseText;
  useEffect(() => {
    if (current !== undefined && !isKept) setDraft(draftOf(current));
  }, [current, isKept]);
  useEffect(() => store(draft), [draft]);
  const edit = useCallback(
    (text: string) => setDraft((before) => (before === undefined ? before : { ...before, text })),
    [],
  );
  const moveTo = useCallback((to: Pick<Current, 'version' | 'text'>, text?: string) => {
    const moved = draftOf(to);
    setDraft({ ...moved, text: text ?? moved.text });
  }, []);
  const discard = useCallback(
    () => setDraft((before) => (before === undefined ? before : { ...before, text: before.baseText })),
    [],
  );
  if (draft === undefined || !isLoaded) return undefined;
  return { ...draft, isChanged: draft.text !== draft.baseText, edit, moveTo, discard };
}

type Checked = Answer<'/v1/rules/lint', 'post'>;

export interface Check {
  /** Of the text, or of the text before while it is being checked. */
  readonly findings: readonly Finding[];
  readonly errors: number;
  /** Whether this very text was checked and has no errors. */
  readonly isUsable: boolean;
  readonly error?: ApiError | undefined;
  readonly retry: () => void;
}

/** What the service says of the text, some time after the last keystroke. */
export function useCheck(text: string): Check {
  const settled = useDebounced(text, CHECK_AFTER_MS);
  const [last, setLast] = useState<Checked>();
  const { answer, error, reload } = useAnswer(`lint ${settled}`, async (signal) => {
    const checked = await call('post', '/v1/rules/lint', { body: { rules: settled }, signal });
    setLast(checked);
    return checked;
  });
  const shown = answer ?? last;
  return {
    findings: shown?.findings ?? [],
    errors: shown?.errors ?? 0,
    isUsable: answer?.errors === 0 && settled === text,
    error,
    retry: reload,
  };
}

function draftOf({ version, text }: Pick<Current, 'version' | 'text'>): Draft {
  const readable = asYaml(text);
  return { base: version, baseText: readable, text: readable };
}

function store(draft: Draft | undefined): void {
  try {
    if (draft === undefined || draft.text === draft.baseText) sessionStorage.removeItem(STORED);
    else sessionStorage.setItem(STORED, JSON.stringify(draft));
  } catch {
    // The working copy then lasts until the page is closed.
  }
}

function storedDraft(): Draft | undefined {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return undefined;
    const [base, baseText, text] = ['base', 'baseText', 'text'].map((key) => Reflect.get(stored, key));
    if (typeof base !== 'number' || typeof baseText !== 'string' || typeof text !== 'string')
      return undefined;
    return { base, baseText, text };
  } catch {
    return undefined;
  }
}
