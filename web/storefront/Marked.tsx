import type { Hit } from '../shared/api.js';
import { highlighted } from './highlight.js';

interface Props {
  readonly hit: Hit;
  readonly field: string;
  /** The field as it is, where no word matches. */
  readonly text: string;
}

/** A field of a hit, with the matched words marked. */
export function Marked({ hit, field, text }: Props) {
  const html = hit._highlight?.[field];
  if (typeof html !== 'string') return <>{text}</>;
  return <>{highlighted(html).map((piece) => (piece.matched ? <mark>{piece.text}</mark> : piece.text))}</>;
}
