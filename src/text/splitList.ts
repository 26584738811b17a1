/** What stands between the values of one cell. */
export const SEPARATORS = [',', ';', '|', '/'] as const;
export type Separator = (typeof SEPARATORS)[number];

const ENTITY = /&#?\w{1,31};/y;
/** `38,39,40`, but neither `1,5` nor `1,234,567`. */
const LISTED_NUMBERS = /^\d+(?:,\d+){2,}$/;
const GROUPED_NUMBER = /^\d{1,3}(?:,\d{3})+$/;

/**
 * The parts of a text between separators, trimmed and without blank ones. A separator after a backslash is a character,
 * as is a `;` that ends an entity, and a `,` or `/` between two digits (`1,5`, `1/2`).
 */
export function splitList(text: string, separators: ReadonlySet<Separator>): string[] {
  const parts: string[] = [];
  const listed = LISTED_NUMBERS.test(text) && !GROUPED_NUMBER.test(text);
  let part = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (char === '\\' && isSeparator(next)) {
      part += next;
      at++;
      continue;
    }
    if (char === '&') {
      ENTITY.lastIndex = at;
      const entity = ENTITY.exec(text)?.[0];
      if (entity !== undefined) {
        part += entity;
        at += entity.length - 1;
        continue;
      }
    }
    const isNumber =
      (char === ',' || char === '/') && isDigit(text[at - 1]) && isDigit(next) && !(listed && char === ',');
    if (!isSeparator(char) || !separators.has(char) || isNumber) {
      part += char;
      continue;
    }
    parts.push(part);
    part = '';
  }
  parts.push(part);
  return parts.map((one) => one.trim()).filter((one) => one !== '');
}

/** Whether the text has a separator after a backslash. */
export function hasEscaped(text: string, separator: Separator): boolean {
  return text.includes(`\\${separator}`);
}

const JSON_LIST = /^\s*\[[\s\S]*\]\s*$/;
const QUOTED_ITEM = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(,|$)/y;

/** The values of a JSON array of scalars, or of a list in Python's notation; undefined for any other text. */
export function jsonList(text: string): string[] | undefined {
  if (!JSON_LIST.test(text)) return undefined;
  try {
    const items: unknown = JSON.parse(text);
    if (!Array.isArray(items)) return undefined;
    if (items.some((item) => item === null || typeof item === 'object')) return undefined;
    return items.map((item) => String(item).trim()).filter((item) => item !== '');
  } catch {
    return pythonList(text.trim().slice(1, -1));
  }
}

function pythonList(inner: string): string[] | undefined {
  const items: string[] = [];
  QUOTED_ITEM.lastIndex = 0;
  for (let at = 0; at < inner.length; at = QUOTED_ITEM.lastIndex) {
    QUOTED_ITEM.lastIndex = at;
    const [, single, double] = QUOTED_ITEM.exec(inner) ?? [];
    const item = single ?? double;
    if (item === undefined) return undefined;
    items.push(item.replace(/\\(.)/g, '$1').trim());
  }
  return items.length === 0 ? undefined : items.filter((item) => item !== '');
}

function isSeparator(char: string): char is Separator {
  return char === ',' || char === ';' || char === '|' || char === '/';
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}
