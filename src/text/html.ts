import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Elements whose text goes on separate lines. */
const BLOCKS = new Set(
  'address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table title tr ul'.split(
    ' ',
  ),
);
const CELLS = new Set(['td', 'th']);
const HIDDEN = new Set(['script', 'style', 'iframe', 'noembed', 'noframes']);

/** The other elements of HTML, obsolete ones too, and those of SVG and MathML that occur in descriptions. */
const INLINE = new Set(
  'a abbr acronym applet area audio b base basefont bdi bdo bgsound big blink body button canvas center cite code col colgroup data datalist del dfn dialog dir em embed font frame frameset head hgroup html i image img input ins kbd label legend link map mark marquee menu menuitem meta meter nobr noscript object optgroup output param picture plaintext progress q rb rp rt rtc ruby s samp search select slot small source spacer span strike strong sub sup svg template tbody textarea tfoot thead time track tt u var video wbr xmp g path circle ellipse line polygon polyline rect defs use tspan text math mi mn mo mrow msup msub mfrac msqrt'.split(
    ' ',
  ),
);

/** Each pass can read the whole text. Real HTML does not have more unclosed constructs than this. */
const MAX_PASSES = 8;

/**
 * The visible text of HTML: without tags, comments, scripts and styles, one line per block, with decoded entities.
 * Constructs that are opened but never closed stay as text, because descriptions can be truncated; so does `<name>` if
 * nothing shows that it is an element. Text without tags and entities is returned unchanged. Takes time linear in the
 * length, whatever the nesting.
 */
export function htmlText(html: string): string {
  const pieces = visiblePieces(html);
  return pieces === undefined ? html : collapseSpaces(joined(pieces));
}

/** The visible text of a cell with an amount, which shops often write with entities: `&euro;&nbsp;12,50`. */
export function amountText(cell: string): string {
  return cell.includes('&') || cell.includes('<') ? htmlText(cell).replaceAll('\n', ' ').trim() : cell;
}

/**
 * Where a slice of `htmlText(html)` stands in the HTML; both count UTF-16 units. The slice of the HTML can contain markup.
 */
export function originalSlice(html: string, start: number, end: number): { start: number; end: number } {
  const pieces = visiblePieces(html);
  if (pieces === undefined) return { start, end };
  const kept = keptUnits(joined(pieces));
  const first = kept[start];
  if (first === undefined) return { start: html.length, end: html.length };
  const from = rangeOf(pieces, first).start;
  const last = kept[end - 1];
  return { start: from, end: end <= start || last === undefined ? from : rangeOf(pieces, last).end };
}

/** A part of the visible text, and the range of the HTML that it comes from. */
interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function joined(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** The visible text before white space is collapsed; undefined if it is the HTML itself. */
function visiblePieces(html: string): Piece[] | undefined {
  if (!html.includes('<') && !html.includes('&')) return undefined;
  const masked = maskText(html);
  const lastTagEnd = masked.lastIndexOf('>') + 1;
  const pieces: Piece[] = [];
  let from = 0;
  for (let pass = 0; from < lastTagEnd && pass < MAX_PASSES; pass++) {
    const visible = new VisibleText(masked.slice(from, lastTagEnd), html, from);
    for (const piece of visible.pieces) pieces.push(piece);
    from += visible.end;
  }
  const rest = masked.slice(from);
  if (rest.includes('&')) {
    for (const piece of new VisibleText(rest.replaceAll('<', MASK), html, from).pieces) pieces.push(piece);
  } else if (rest !== '') pieces.push({ text: html.slice(from), start: from, end: html.length });
  return joined(pieces) === html ? undefined : pieces;
}

/** Stands for a `<` that is text. */
const MASK = ' ';
const TAG_NAME = /<(\/?)([a-z][^\s/<>]*)/gi;
const HAS_ATTRIBUTE = /\s[^<>]*=|[^<>]*\/>/y;

/** The HTML with each `<` masked that stands before a word but begins no element: `fits <M, >S`. */
function maskText(html: string): string {
  const unknown = [...html.matchAll(TAG_NAME)].filter(([, , name = '']) => !isElement(name));
  if (unknown.length === 0) return html;
  const opened = new Set<string>();
  const closed = new Set<string>();
  for (const [, slash, name = ''] of unknown) (slash === '' ? opened : closed).add(name);
  let masked = '';
  let from = 0;
  for (const { 0: tag, 2: name = '', index } of unknown) {
    if (opened.has(name) && closed.has(name)) continue;
    HAS_ATTRIBUTE.lastIndex = index + tag.length;
    if (HAS_ATTRIBUTE.test(html)) continue;
    masked += html.slice(from, index) + MASK;
    from = index + 1;
  }
  return masked + html.slice(from);
}

/** Names with a hyphen or colon are custom elements, and those of word processors. */
function isElement(name: string): boolean {
  const lower = name.toLowerCase();
  return BLOCKS.has(lower) || INLINE.has(lower) || CELLS.has(lower) || HIDDEN.has(lower) || /[-:]/.test(name);
}

function collapseSpaces(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** For each unit of `collapseSpaces(text)` the index in the text that it comes from. */
function keptUnits(text: string): number[] {
  const kept: number[] = [];
  let lineStart = 0;
  for (const line of text.split('\n')) {
    let isFirst = kept.length > 0;
    let space = -1;
    let isBlank = true;
    for (let at = 0; at < line.length; at++) {
      const unit = lineStart + at;
      if (/\s/.test(line[at] ?? '')) {
        if (space === -1) space = unit;
        continue;
      }
      if (isFirst) kept.push(lineStart - 1);
      else if (space !== -1 && !isBlank) kept.push(space);
      isFirst = false;
      isBlank = false;
      space = -1;
      kept.push(unit);
    }
    lineStart += line.length + 1;
  }
  return kept;
}

/** The range of the HTML that a unit of the joined text comes from. */
function rangeOf(pieces: readonly Piece[], unit: number): { start: number; end: number } {
  let before = 0;
  for (const { text, start, end } of pieces) {
    const place = unit - before;
    before += text.length;
    if (unit >= before) continue;
    return text.length === end - start ? { start: start + place, end: start + place + 1 } : { start, end };
  }
  throw new RangeError(`there is no unit ${unit} in the text`);
}

/**
 * The visible text of HTML up to the first unclosed construct. Uses a tokenizer, not a parser: a parser searches its
 * stack of open elements, which takes quadratic time on deep nesting.
 */
class VisibleText implements TokenizerCallbacks {
  readonly pieces: Piece[] = [];
  /** Length of the HTML that is already read, in UTF-16 units. */
  end = 0;
  #name = '';
  #isHidden = false;
  #entityStart = 0;

  /** Reads a slice of the HTML that begins at `offset`, with text masked. */
  constructor(
    private readonly masked: string,
    private readonly html: string,
    private readonly offset: number,
  ) {
    const tokenizer = new Tokenizer({}, this);
    tokenizer.write(masked);
    tokenizer.end();
    if (this.end < masked.length && !this.#isHidden) this.#skipUnclosed();
  }

  ontext(start: number, end: number): void {
    if (!this.#isHidden) this.#add(this.#slice(start, end), end);
  }

  ontextentity(codePoint: number, end: number): void {
    // An entity of two characters is reported twice.
    if (end > this.end) this.#entityStart = this.end;
    const start = this.#entityStart;
    const isText = this.masked[end - 1] !== ';' && /[\p{L}=]/u.test(this.masked[end] ?? '');
    this.#add(isText ? this.#slice(start, end) : String.fromCodePoint(codePoint), end, start);
  }

  oncdata(start: number, end: number, closing: number): void {
    this.end = start;
    this.#add(this.#slice(start, end - closing), end - closing);
    this.end = end + 1;
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.masked.slice(start, end).toLowerCase();
  }

  onopentagend(end: number): void {
    this.#isHidden = HIDDEN.has(this.#name);
    this.#add(separator(this.#name), end + 1);
  }

  onselfclosingtag(end: number): void {
    this.onopentagend(end);
  }

  onclosetag(start: number, end: number): void {
    this.#isHidden = false;
    this.#add(separator(this.masked.slice(start, end).toLowerCase()), this.masked.indexOf('>', end) + 1);
  }

  oncomment(_start: number, end: number): void {
    // At the end of the HTML, the tokenizer reports unclosed comments too.
    if (end < this.masked.length) this.#add(' ', end + 1);
  }

  ondeclaration(_start: number, end: number): void {
    this.#add(' ', end + 1);
  }

  onattribname(): void {}
  onattribdata(): void {}
  onattribentity(): void {}
  onattribend(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  #slice(start: number, end: number): string {
    return this.html.slice(this.offset + start, this.offset + end);
  }

  #add(text: string, end: number, start = this.end): void {
    if (text !== '') this.pieces.push({ text, start: this.offset + start, end: this.offset + end });
    this.end = end;
  }

  /** An unclosed comment is text; a tag with an unclosed quote ends at its first `>`. */
  #skipUnclosed(): void {
    if (this.masked[this.end + 1] === '!') this.#add('<', this.end + 1);
    else this.#add(separator(this.#name), this.masked.indexOf('>', this.end) + 1);
  }
}

function separator(name: string): string {
  if (BLOCKS.has(name)) return '\n';
  return CELLS.has(name) || HIDDEN.has(name) ? ' ' : '';
}
