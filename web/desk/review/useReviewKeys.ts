import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ReviewQueue } from './queue.js';

interface Open {
  readonly correct: () => void;
  readonly keys: () => void;
}

/** The keys of the review, unless the user types or a dialog is open. */
export function useReviewKeys(queue: ReviewQueue | undefined, open: Open): void {
  const now = useRef({ queue, open });
  now.current = { queue, open };
  const follows = useRef(false);
  const selected = queue?.selected;
  // The focus follows only where keys are used: a click keeps it where it is.
  useLayoutEffect(() => {
    if (follows.current) focusSelected();
    follows.current = false;
  }, [selected]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { queue, open } = now.current;
      if (queue === undefined || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (document.querySelector('dialog[open]') !== null || types(event.target)) return;
      const act = actionOf(event, queue, open);
      if (act === undefined) return;
      event.preventDefault();
      const before = queue.selected;
      follows.current = true;
      act();
      if (queue.selected === before) follows.current = false;
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function actionOf({ key, target }: KeyboardEvent, queue: ReviewQueue, open: Open): (() => void) | undefined {
  const boxes = [...document.querySelectorAll<HTMLInputElement>('.review-products input')];
  const place = target instanceof HTMLInputElement ? boxes.indexOf(target) : -1;
  const inProducts = place >= 0;
  const toBox = (next: number) => boxes[Math.max(0, Math.min(boxes.length - 1, next))]?.focus();
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return inProducts ? () => toBox(place + 1) : () => queue.move(1);
    case 'k':
    case 'ArrowUp':
      return inProducts ? () => toBox(place - 1) : () => queue.move(-1);
    case 'a':
      return () => queue.decide('accept');
    case 'r':
      return () => queue.decide('reject');
    case 'c':
      return queue.group === undefined ? undefined : open.correct;
    case 'u':
      return () => queue.undo();
    case '?':
      return open.keys;
    case 'l':
    case 'ArrowRight':
      return () => toBox(Math.max(0, place));
    case 'h':
    case 'ArrowLeft':
    case 'Escape':
      return inProducts ? focusSelected : undefined;
    case 'x':
      return () => toggle(boxes, place);
    case ' ':
      // Other buttons and boxes have a use for it.
      return isRow(target) ? () => toggle(boxes, place) : undefined;
    default:
      return undefined;
  }
}

function toggle(boxes: readonly HTMLInputElement[], place: number): void {
  const box = boxes[Math.max(0, place)];
  box?.focus();
  box?.click();
}

function focusSelected(): void {
  document.querySelector<HTMLElement>('.review-row[aria-current=true]')?.focus();
}

function isRow(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.matches('.review-row, main'));
}

function types(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}
