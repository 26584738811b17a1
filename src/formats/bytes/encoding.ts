import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { UserError } from '../../domain/errors.js';

/** How a text file's bytes stand for characters. */
export interface Encoding {
  /** As iconv-lite names it; `utf8` for UTF-8. */
  readonly name: string;
  /** Bytes of the byte order mark at the beginning of the file; 0 where there is none. */
  readonly mark: number;
  /** Bytes of the smallest unit: 2 for UTF-16, else 1. A line break never straddles one. */
  readonly unit: 1 | 2;
}

const MARKS: readonly { name: string; bytes: Buffer; unit: 1 | 2 }[] = [
  { name: 'utf8', bytes: Buffer.from([0xef, 0xbb, 0xbf]), unit: 1 },
  { name: 'utf-16le', bytes: Buffer.from([0xff, 0xfe]), unit: 2 },
  { name: 'utf-16be', bytes: Buffer.from([0xfe, 0xff]), unit: 2 },
];

/** Latin encodings that chardet gives for Western text; windows-1252 is what such files are in practice. */
const WESTERN = new Set(['ISO-8859-1', 'windows-1252', 'windows-1254', 'ISO-8859-9', 'windows-1258']);

export const UTF8: Encoding = { name: 'utf8', mark: 0, unit: 1 };

/** The encoding that a byte order mark or UTF-16's zero bytes leave no doubt of. */
export function evidentEncoding(head: Buffer): Encoding | undefined {
  for (const { name, bytes, unit } of MARKS) {
    if (head.subarray(0, bytes.length).equals(bytes)) return { name, mark: bytes.length, unit };
  }
  const wide = wideOrder(head);
  return wide === undefined ? undefined : { name: wide, mark: 0, unit: 2 };
}

/**
 * Tells a text's encoding from its first bytes: the evident one, else UTF-8 where the bytes are valid UTF-8
 * or mostly so, else what chardet finds most likely.
 */
export function detectEncoding(head: Buffer): Encoding {
  return evidentEncoding(head) ?? (looksLikeUtf8(head) ? UTF8 : { name: guess(head), mark: 0, unit: 1 });
}

/** The characters of some bytes; what is not valid becomes U+FFFD. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  return encoding.name === 'utf8'
    ? bytes.toString('utf8')
    : iconv.decode(bytes, encoding.name, { stripBOM: false });
}

/** The bytes of a text; a character that the encoding lacks becomes `?` (ask `canEncode` first). */
export function encode(text: string, encoding: Encoding): Buffer {
  return encoding.name === 'utf8'
    ? Buffer.from(text, 'utf8')
    : iconv.encode(text, encoding.name, { addBOM: false });
}

/** Whether every character of a text exists in the encoding. */
export function canEncode(text: string, encoding: Encoding): boolean {
  return encoding.name === 'utf8' || encoding.unit === 2 || decode(encode(text, encoding), encoding) === text;
}

function wideOrder(head: Buffer): string | undefined {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  if (pairs < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  if (odd > pairs * 0.4 && even < pairs * 0.1) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.1) return 'utf-16be';
  return undefined;
}

/**
 * A UTF-8 file with some broken rows is still UTF-8: lines that are valid and not plain ASCII speak for it,
 * lines that are not valid against it. Where only broken lines have other than ASCII characters, they must
 * read as Western words to be taken for another encoding.
 */
function looksLikeUtf8(head: Buffer): boolean {
  if (isUtf8(head)) return true;
  let valid = 0;
  let invalid = 0;
  let from = 0;
  while (from < head.length) {
    const found = head.indexOf(0x0a, from);
    // The sample may end inside a character.
    const to = found === -1 ? head.length : found + 1;
    const line = head.subarray(from, to);
    if (!isUtf8(line)) {
      if (found !== -1) invalid++;
    } else if (line.some((byte) => byte >= 0x80)) valid++;
    from = to;
  }
  if (valid > 0 || invalid === 0) return valid >= invalid;
  return !plausible(head);
}

/** In text of another script than Latin more bytes than these are above ASCII. */
const OTHER_SCRIPT = 0.05;

/** Whether the bytes above ASCII make words and signs: broken bytes read as windows-1252 seldom do. */
function plausible(head: Buffer): boolean {
  const text = iconv.decode(head, 'windows-1252');
  const signs = [...text.matchAll(/[^\0-\x7f]/gu)].map(([sign]) => sign);
  if (signs.length > text.length * OTHER_SCRIPT && guess(head) !== 'windows-1252') return true;
  const odd = signs.filter((sign) => /[\uFFFDÿþðÞÐ¤¦¬¯¶¸]/u.test(sign)).length;
  return odd * 3 < signs.length;
}

/** Encodings that take any two bytes above ASCII for a character, and one with the sign after it. */
const DOUBLE_BYTE = /^(?:Big5|GB|Shift_JIS|EUC-)/i;
const LATIN_LETTERS = /^[À-ÖØ-öø-ÿŠšŽžŒœ]{1,2}$/;
const MOSTLY = 0.9;

function guess(head: Buffer): string {
  const latin = readsAsLatin(head);
  const found = chardet
    .analyse(head)
    .map(({ name }) => (WESTERN.has(name) ? 'windows-1252' : name))
    .filter((name) => !(latin && DOUBLE_BYTE.test(name)))
    // Encodings with shift states, or of mainframes, cannot be parted into lines by their bytes.
    .filter((name) => iconv.encodingExists(name) && !/^(UTF|ISO-2022|IBM|ASCII)/.test(name));
  const clean = found.find((name) => !iconv.decode(head, name).slice(0, -4).includes('\uFFFD'));
  return clean ?? found[0] ?? 'windows-1252';
}

/** Whether what is above ASCII reads as Latin letters, one or two beside each other. */
function readsAsLatin(head: Buffer): boolean {
  const runs = [...iconv.decode(head, 'windows-1252').matchAll(/[^\0-\x7f]+/g)];
  return runs.filter(([run]) => LATIN_LETTERS.test(run)).length >= runs.length * MOSTLY;
}

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
