import type { SearchAnswer } from '../shared/api.js';

/** `1,204 products` */
export function countWords(total: number): string {
  return total === 1 ? '1 product' : `${total.toLocaleString()} products`;
}

/** How the answer was made, for developers: `by words and meaning · 12 ms · generation ...` */
export function howWords(answer: SearchAnswer): string {
  const mode = answer.mode === 'hybrid' ? 'by words and meaning' : 'by words only';
  const took = `${Math.max(1, Math.round(answer.took_ms)).toLocaleString()} ms`;
  return [mode, took, `generation ${answer.generation}`].join(' · ');
}
