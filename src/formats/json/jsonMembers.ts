/** A member of a JSON object with its offsets in the text, in UTF-16 units. */
export interface Member {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface Members {
  readonly members: readonly Member[];
  /** Index of the closing brace. */
  readonly close: number;
}

/**
 * Finds the members of the object whose brace is at `open`, in text that JSON.parse accepts. The offsets allow changing
 * one value without rewriting the others, so that long numbers, `10.00`, escapes and white space stay unchanged.
 */
export function membersOf(text: string, open: number): Members {
  const members: Member[] = [];
  let at = skipSpace(text, open + 1);
  while (text[at] === '"') {
    const keyEnd = skipString(text, at);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueEnd = skipValue(text, valueStart);
    members.push({ key: keyOf(text.slice(at, keyEnd)), keyStart: at, keyEnd, valueStart, valueEnd });
    const next = skipSpace(text, valueEnd);
    if (text[next] !== ',') return { members, close: next };
    at = skipSpace(text, next + 1);
  }
  return { members, close: at };
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r' || text[at] === '\n') at++;
  return at;
}

function keyOf(quoted: string): string {
  const key: unknown = quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1);
  return String(key);
}

function skipString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at === -1 ? text.length : at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

function skipValue(text: string, from: number): number {
  if (text[from] === '"') return skipString(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = skipString(text, at) - 1;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (
      depth === 0 &&
      (char === ',' || char === ' ' || char === '\t' || char === '\r' || char === '\n')
    )
      return at;
  }
  return text.length;
}
