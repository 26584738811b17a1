const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  hellip: '…',
  deg: '°',
  times: '×',
  trade: '™',
  reg: '®',
  copy: '©',
  euro: '€',
  pound: '£',
  frac12: '½',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
};

/**
 * The text that a reader of some HTML would see: tags, scripts and styles gone, a line a block, entities
 * as the characters they stand for. Text without tags and entities comes back as it is.
 */
export function htmlText(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return html;
  const seen = withoutHidden(html);
  // Beyond the last bracket nothing is a tag: each `<` would be looked after to the end of the text.
  const last = seen.lastIndexOf('>') + 1;
  return `${seen
    .slice(0, last)
    .replace(/<(?:br|\/?(?:p|div|li|ul|ol|tr|table|h[1-6]|section|article|blockquote))\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')}${seen.slice(last)}`
    .replace(/&(#x?[0-9a-f]+|[a-z]+\d*);/gi, (entity, name: string) => character(name) ?? entity)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Without comments, scripts and styles; what is opened and never closed stays. */
function withoutHidden(html: string): string {
  const opening = /<!--|<(script|style)\b/gi;
  const neverClosed = new Set<string>();
  let text = '';
  let from = 0;
  for (let found = opening.exec(html); found !== null; found = opening.exec(html)) {
    const kind = found[1]?.toLowerCase() ?? '--';
    if (neverClosed.has(kind)) continue;
    const closing = kind === '--' ? /-->/g : new RegExp(`</${kind}\\s*>`, 'gi');
    closing.lastIndex = opening.lastIndex;
    if (closing.exec(html) === null) {
      neverClosed.add(kind);
      continue;
    }
    text += `${html.slice(from, found.index)} `;
    from = closing.lastIndex;
    opening.lastIndex = from;
  }
  return text + html.slice(from);
}

function character(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
