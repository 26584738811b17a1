/** A JSON document of which a page shows a part: `...` stands for further members, further items or the end of a text. */
export type JsonPattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly JsonPattern[]; readonly open: boolean }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonPattern>; readonly open: boolean };

const TOKEN = /\s*(?:(\.\.\.)|("(?:[^"\\]|\\.)*")|([{}[\]:,])|([^\s{}[\]:,"]+))/y;

/** The documents that a text consists of, one after the other; undefined where it is not JSON. */
export function readJsonPatterns(text: string): JsonPattern[] | undefined {
  const tokens = tokensOf(text.trim());
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  try {
    const patterns: JsonPattern[] = [];
    while (!reader.done()) patterns.push(reader.value());
    return patterns;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) return undefined;
    tokens.push(found[0].trim());
  }
  return tokens;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  done(): boolean {
    return this.at === this.tokens.length;
  }

  value(): JsonPattern {
    const token = this.next();
    if (token === '...') return { kind: 'any' };
    if (token === '[') return this.list();
    if (token === '{') return this.object();
    const value: unknown = JSON.parse(token);
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    )
      return { kind: 'scalar', value };
    throw new SyntaxError(`${token} is no value`);
  }

  private list(): JsonPattern {
    const items: JsonPattern[] = [];
    const open = this.entries(']', () => items.push(this.value()));
    return { kind: 'list', items, open };
  }

  private object(): JsonPattern {
    const members = new Map<string, JsonPattern>();
    const open = this.entries('}', () => {
      const name: unknown = JSON.parse(this.next());
      if (typeof name !== 'string' || this.next() !== ':')
        throw new SyntaxError('a member has a name and a colon');
      members.set(name, this.value());
    });
    return { kind: 'object', members, open };
  }

  /** Reads entries with commas between up to the closing bracket. Returns whether an ellipsis is the last of them. */
  private entries(closing: string, read: () => void): boolean {
    if (this.skip(closing)) return false;
    for (;;) {
      if (this.skip('...')) {
        if (!this.skip(closing)) throw new SyntaxError('only the last entry may be an ellipsis');
        return true;
      }
      read();
      if (this.skip(closing)) return false;
      if (!this.skip(',')) throw new SyntaxError('entries have commas between');
    }
  }

  private skip(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new SyntaxError('the text ends early');
    return token;
  }
}
