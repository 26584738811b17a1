import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { UserError } from '../../domain/errors.js';

/** A character encoding, as a text file uses it. */
export interface Encoding {
  /** The name in iconv-lite; `utf8` for UTF-8. */
  readonly name: string;
  /** Length of the byte order mark at the start of the file, in bytes; 0 if there is none. */
  readonly mark: number;
  /** Size of a code unit in bytes: 2 for UTF-16, else 1. */
  readonly unit: 1 | 2;
}

const MARKS: readonly { name: string; bytes: Buffer; unit: 1 | 2 }[] = [
  { name: 'utf8', bytes: Buffer.from([0xef, 0xbb, 0xbf]), unit: 1 },
  { name: 'utf-16le', bytes: Buffer.from([0xff, 0xfe]), unit: 2 },
  { name: 'utf-16be', bytes: Buffer.from([0xfe, 0xff]), unit: 2 },
];

/** Encodings that chardet reports for Western text; in practice such files are windows-1252. */
const WESTERN = new Set(['ISO-8859-1', 'windows-1252', 'windows-1254', 'ISO-8859-9', 'windows-1258']);

export const UTF8: Encoding = { name: 'utf8', mark: 0, unit: 1 };

/** The encoding if a byte order mark or the zero bytes of UTF-16 prove it. */
export function evidentEncoding(head: Buffer): Encoding | undefined {
  for (const { name, bytes, unit } of MARKS) {
    if (head.subarray(0, bytes.length).equals(bytes)) return { name, mark: bytes.length, unit };
  }
  const utf16 = detectUtf16(head);
  return utf16 === undefined ? undefined : { name: utf16, mark: 0, unit: 2 };
}

/**
 * Detects a text's encoding from its first bytes: the evident one, else UTF-8 if most lines are valid UTF-8, else the
 * most likely one according to chardet.
 */
export function detectEncoding(head: Buffer): Encoding {
  return (
    evidentEncoding(head) ?? (looksLikeUtf8(head) ? UTF8 : { name: guessEncoding(head), mark: 0, unit: 1 })
  );
}

/** Decodes bytes; invalid ones become U+FFFD. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  return encoding.name === 'utf8'
    ? bytes.toString('utf8')
    : iconv.decode(bytes, encoding.name, { stripBOM: false });
}

/** Encodes a text. A character that is not in the encoding becomes `?`, so check `canEncode` first. */
export function encode(text: string, encoding: Encoding): Buffer {
  return encoding.name === 'utf8'
    ? Buffer.from(text, 'utf8')
    : iconv.encode(text, encoding.name, { addBOM: false });
}

/** Whether the encoding can represent every character of the text. */
export function canEncode(text: string, encoding: Encoding): boolean {
  return encoding.name === 'utf8' || encoding.unit === 2 || decode(encode(text, encoding), encoding) === text;
}

function detectUtf16(head: Buffer): string | undefined {
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
 * A UTF-8 file with some broken rows is still UTF-8: valid lines with non-ASCII characters count for it, invalid lines
 * against it. If all lines with non-ASCII bytes are invalid, the text is another encoding only if they read as words.
 */
function looksLikeUtf8(head: Buffer): boolean {
  if (isUtf8(head)) return true;
  let valid = 0;
  let invalid = 0;
  let from = 0;
  while (from < head.length) {
    const found = head.indexOf(0x0a, from);
    // The sample can end inside a character.
    const to = found === -1 ? head.length : found + 1;
    const line = head.subarray(from, to);
    if (!isUtf8(line)) {
      if (found !== -1) invalid++;
    } else if (line.some((byte) => byte >= 0x80)) valid++;
    from = to;
  }
  if (valid > 0 || invalid === 0) return valid >= invalid;
  return !readsAsWords(head);
}

/** Largest share of non-ASCII bytes in Latin text; other scripts have more. */
const MAX_LATIN_SHARE = 0.05;

/** Whether the non-ASCII bytes form words and symbols; broken bytes read as windows-1252 rarely do. */
function readsAsWords(head: Buffer): boolean {
  const text = iconv.decode(head, 'windows-1252');
  const chars = [...text.matchAll(/[^\0-\x7f]/gu)].map(([char]) => char);
  if (chars.length > text.length * MAX_LATIN_SHARE && guessEncoding(head) !== 'windows-1252') return true;
  const odd = chars.filter((char) => /[\uFFFDÿþðÞÐ¤¦¬¯¶¸]/u.test(char)).length;
  return odd * 3 < chars.length;
}

/** Encodings that read almost any non-ASCII byte and the byte after it as one character. */
const DOUBLE_BYTE = /^(?:Big5|GB|Shift_JIS|EUC-)/i;
const LATIN_LETTERS = /^[À-ÖØ-öø-ÿŠšŽžŒœ]{1,2}$/;
const MIN_LATIN_RUNS = 0.9;

function guessEncoding(head: Buffer): string {
  const isLatin = readsAsLatin(head);
  const found = chardet
    .analyse(head)
    .map(({ name }) => (WESTERN.has(name) ? 'windows-1252' : name))
    .filter((name) => !(isLatin && DOUBLE_BYTE.test(name)))
    // Encodings with shift states, and mainframe encodings, cannot be split into lines by bytes.
    .filter((name) => iconv.encodingExists(name) && !/^(UTF|ISO-2022|IBM|ASCII)/.test(name));
  const clean = found.find((name) => !iconv.decode(head, name).slice(0, -4).includes('\uFFFD'));
  return clean ?? found[0] ?? 'windows-1252';
}

/** Whether most runs of non-ASCII characters are one or two Latin letters. */
function readsAsLatin(head: Buffer): boolean {
  const runs = [...iconv.decode(head, 'windows-1252').matchAll(/[^\0-\x7f]+/g)];
  return runs.filter(([run]) => LATIN_LETTERS.test(run)).length >= runs.length * MIN_LATIN_RUNS;
}

/** In an image or an archive, one byte in nine is a control character, of many kinds; a broken text has few. */
const MAX_CONTROLS = 0.05;
const MAX_KINDS = 3;

/** @throws UserError if the first bytes of a file are not text. */
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
    `${path} is not a text file (${Math.round((100 * controls) / text.length)} % of its first characters are control characters): expected CSV, TSV, JSONL or .xlsx; check that it is the right file and complete.`,
  );
}

/** Below U+0020, except tab, line breaks and form feed. */
function isControl(code: number): boolean {
  return code < 0x20 && (code < 0x09 || code > 0x0d);
}
