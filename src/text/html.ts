import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Elements whose text goes on separate lines. */
const BLOCKS = new Set(
  'address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table title tr ul'.split(
    ' ',
  ),
);
const CELLS = new Set(['td', 'th']);
const HIDDEN = new Set(['script', 'style', 'iframe', 'noembed', 'noframes']);

/** Each pass can read the whole text. Real HTML does not have more unclosed constructs than this. */
const MAX_PASSES = 8;

/**
 * The visible text of HTML: without tags, comments, scripts and styles, one line per block, with decoded entities.
 * Constructs that are opened but never closed stay as text, because descriptions can be truncated. Text without tags
 * and entities is returned unchanged. Takes time linear in the length, whatever the nesting.
 */
export function htmlText(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return html;
  const lastTagEnd = html.lastIndexOf('>') + 1;
  let text = '';
  let from = 0;
  for (let pass = 0; from < lastTagEnd && pass < MAX_PASSES; pass++) {
    const read = new VisibleText(html.slice(from, lastTagEnd));
    text += read.text;
    from += read.end;
  }
  const rest = html.slice(from);
  text += rest.includes('&') ? new VisibleText(rest.replaceAll('<', '&lt;')).text : rest;
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * The visible text of HTML up to the first unclosed construct. Uses a tokenizer, not a parser: a parser searches its
 * stack of open elements, which takes quadratic time on deep nesting.
 */
class VisibleText implements TokenizerCallbacks {
  text = '';
  /** Length of the HTML that is already read, in UTF-16 units. */
  end = 0;
  #name = '';
  #isHidden = false;

  constructor(private readonly html: string) {
    const tokenizer = new Tokenizer({}, this);
    tokenizer.write(html);
    tokenizer.end();
    if (this.end < html.length && !this.#isHidden) this.#skipUnclosed();
  }

  ontext(start: number, end: number): void {
    if (!this.#isHidden) this.#add(this.html.slice(start, end), end);
  }

  ontextentity(codePoint: number, end: number): void {
    this.#add(String.fromCodePoint(codePoint), end);
  }

  oncdata(start: number, end: number, closing: number): void {
    this.#add(this.html.slice(start, end - closing), end + 1);
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.html.slice(start, end).toLowerCase();
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
    this.#add(separator(this.html.slice(start, end).toLowerCase()), this.html.indexOf('>', end) + 1);
  }

  oncomment(_start: number, end: number): void {
    // At the end of the HTML, the tokenizer reports unclosed comments too.
    if (end < this.html.length) this.#add(' ', end + 1);
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

  #add(text: string, end: number): void {
    this.text += text;
    this.end = end;
  }

  /** An unclosed comment is text; a tag with an unclosed quote ends at its first `>`. */
  #skipUnclosed(): void {
    if (this.html[this.end + 1] === '!') this.#add('<', this.end + 1);
    else this.#add(separator(this.#name), this.html.indexOf('>', this.end) + 1);
  }
}

function separator(name: string): string {
  if (BLOCKS.has(name)) return '\n';
  return CELLS.has(name) || HIDDEN.has(name) ? ' ' : '';
}
