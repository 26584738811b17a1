import { UserError } from '../../domain/errors.js';
import { decode, evidentEncoding, UTF8 } from './encoding.js';

/** Of an image or an archive one byte in nine is a control character, of every kind; of a broken text few are. */
const MAX_CONTROLS = 0.05;
const MAX_KINDS = 3;

/** @throws UserError if the first bytes of a file are not those of a text. */
export function requireText(path: string, head: Buffer): void {
  const text = decode(head, evidentEncoding(head) ?? { ...UTF8, name: 'latin1' });
  const kinds = new Set<number>();
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isControl(code)) continue;
    kinds.add(code);
    controls++;
  }
  if (controls <= text.length * MAX_CONTROLS || kinds.size <= MAX_KINDS) return;
  throw new UserError(
    `${path} is no text (${Math.round((100 * controls) / text.length)} % of its first characters are control characters): expected CSV, TSV, JSONL or .xlsx; check that it is the right file and came over whole.`,
  );
}

/** Below the space, but neither a tab nor what ends a line or a page. */
function isControl(code: number): boolean {
  return code < 0x20 && (code < 0x09 || code > 0x0d);
}
