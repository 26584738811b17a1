import { categoryLevels } from '../../domain/categoryPath.js';
import { UserError } from '../../domain/errors.js';
import { PRODUCT_LIMITS } from '../../domain/productLimits.js';
import { readDecimal } from '../../text/numbers.js';

export type Literal = string | number | boolean;
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A parsed filter; every leaf names one field. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly operator: Comparison;
      readonly value: Literal;
    }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly Literal[] }
  | { readonly kind: 'exists'; readonly field: string };

interface Lexeme {
  readonly kind: 'word' | 'field' | 'string' | 'number' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const LEXEME =
  /\s*(?:(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|`(?<field>[^`]+)`|(?<number>-?\d+(?:\.\d+)?(?![\p{L}\p{N}_.]))|(?<symbol>!=|<=|>=|[=<>()[\],])|(?<word>[\p{L}\p{N}_.:-]+))/uy;

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const MAX_DEPTH = 50;
/** Conditions and listed values together: each may have to be compared with every value of a field. */
const MAX_TERMS = 1000;
const MAX_LENGTH = 20_000;
const ODD_NAMES = ' (a field name with spaces or other signs stands in backticks: `attributes.Screen size`)';
/** Characters of a wrong part that a message repeats. */
const MAX_SHOWN = 100;
const FIELD_NAME = `a field name${ODD_NAMES}`;

/**
 * Parses `brand = 'Acme' AND (price < 50 OR attributes.color IN ['red', 'blue']) AND NOT sale EXISTS`. AND
 * binds tighter than OR. Keywords are case-insensitive. Strings are in single or double quotes, with `\`
 * before a quote. A field name with spaces or other signs is in backticks. Errors call the text `parameter`.
 * @throws UserError with the position, what was found and what was expected, and for a filter beyond the limits.
 */
export function parseFilter(text: string, parameter = 'filter'): Filter {
  if (text.length > MAX_LENGTH) {
    throw new UserError(
      `${parameter}: found ${text.length} characters, expected at most ${MAX_LENGTH}; ask for less at once.`,
      { field: parameter },
    );
  }
  return new Parser(text, parameter).whole();
}

class Parser {
  private readonly lexemes: readonly Lexeme[];
  private next = 0;
  private depth = 0;
  private terms = 0;

  constructor(
    private readonly text: string,
    private readonly parameter: string,
  ) {
    this.lexemes = lex(text, parameter);
  }

  whole(): Filter {
    const filter = this.alternatives();
    if (this.peek().kind !== 'end') this.fail('AND, OR or the end');
    return filter;
  }

  private alternatives(): Filter {
    const parts = [this.conjunction()];
    while (this.takeKeyword('OR')) parts.push(this.conjunction());
    return single(parts) ?? { kind: 'or', parts };
  }

  private conjunction(): Filter {
    const parts = [this.negation()];
    while (this.takeKeyword('AND')) parts.push(this.negation());
    return single(parts) ?? { kind: 'and', parts };
  }

  private negation(): Filter {
    if (++this.depth > MAX_DEPTH) this.fail(`at most ${MAX_DEPTH} levels of NOT and parentheses`);
    try {
      if (this.takeKeyword('NOT')) return { kind: 'not', part: this.negation() };
      if (!this.takeSymbol('(')) return this.condition();
      const inner = this.alternatives();
      if (!this.takeSymbol(')')) this.fail("')'");
      return inner;
    } finally {
      this.depth--;
    }
  }

  private condition(): Filter {
    const name = this.peek();
    if (name.kind !== 'word' && name.kind !== 'field') this.fail(FIELD_NAME);
    this.next++;
    this.countTerm();
    const field = name.text;
    if (this.takeKeyword('EXISTS')) return { kind: 'exists', field };
    if (this.takeKeyword('IN')) return { kind: 'in', field, values: this.list(field) };
    if (this.takeKeyword('NOT')) {
      if (this.takeKeyword('EXISTS')) return { kind: 'not', part: { kind: 'exists', field } };
      if (this.takeKeyword('IN'))
        return { kind: 'not', part: { kind: 'in', field, values: this.list(field) } };
      this.fail('IN or EXISTS');
    }
    const operator = this.peek().text;
    if (this.peek().kind !== 'symbol' || !isComparison(operator))
      this.fail(`=, !=, <, <=, >, >=, IN or EXISTS${name.kind === 'word' ? ODD_NAMES : ''}`);
    this.next++;
    return { kind: 'compare', field, operator, value: this.value(field) };
  }

  private list(field: string): Literal[] {
    if (!this.takeSymbol('[')) this.fail("'['");
    const values: Literal[] = [];
    while (!this.takeSymbol(']')) {
      if (values.length > 0 && !this.takeSymbol(',')) this.fail("',' or ']'");
      this.countTerm();
      values.push(this.value(field));
    }
    return values;
  }

  private countTerm(): void {
    if (++this.terms > MAX_TERMS) this.fail(`at most ${MAX_TERMS} conditions and values`);
  }

  private value(field: string): Literal {
    const at = this.next;
    const value = this.literal();
    if (field !== 'category' || categoryLevels(String(value)).length <= PRODUCT_LIMITS.levels) return value;
    this.next = at;
    return this.fail(`a category of at most ${PRODUCT_LIMITS.levels} levels, as products have`);
  }

  private literal(): Literal {
    const lexeme = this.peek();
    switch (lexeme.kind) {
      case 'string':
        this.next++;
        return lexeme.text;
      case 'number':
        this.next++;
        return readDecimal(lexeme.text) ?? lexeme.text;
      case 'word':
        this.next++;
        if (lexeme.text === 'true') return true;
        return lexeme.text === 'false' ? false : lexeme.text;
      default:
        return this.fail('a value');
    }
  }

  private peek(): Lexeme {
    return this.lexemes[this.next] ?? { kind: 'end', text: '', at: this.text.length };
  }

  private takeKeyword(keyword: string): boolean {
    const lexeme = this.peek();
    return this.take(lexeme.kind === 'word' && lexeme.text.toUpperCase() === keyword);
  }

  private takeSymbol(symbol: string): boolean {
    const lexeme = this.peek();
    return this.take(lexeme.kind === 'symbol' && lexeme.text === symbol);
  }

  private take(fits: boolean): boolean {
    if (fits) this.next++;
    return fits;
  }

  private fail(expected: string): never {
    const { kind, text, at } = this.peek();
    const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
    throw refusal(this.parameter, at, kind === 'end' ? 'the end' : `'${shown}'`, expected);
  }
}

function lex(text: string, parameter: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  const end = text.trimEnd().length;
  LEXEME.lastIndex = 0;
  while (LEXEME.lastIndex < end) {
    const from = LEXEME.lastIndex;
    const match = LEXEME.exec(text);
    if (match === null) {
      const at = from + (/\S/.exec(text.slice(from))?.index ?? 0);
      throw refusal(
        parameter,
        at,
        `'${text.slice(at, at + 10)}'`,
        `a field, an operator, or a value in closed quotes${ODD_NAMES}`,
      );
    }
    const { string, field, number, symbol, word } = match.groups ?? {};
    const at = match.index + match[0].length - match[0].trimStart().length;
    if (string !== undefined) {
      lexemes.push({ kind: 'string', text: string.slice(1, -1).replace(/\\(.)/g, '$1'), at });
    } else if (field !== undefined) lexemes.push({ kind: 'field', text: field, at });
    else if (number !== undefined) lexemes.push({ kind: 'number', text: number, at });
    else if (symbol !== undefined) lexemes.push({ kind: 'symbol', text: symbol, at });
    else lexemes.push({ kind: 'word', text: word ?? '', at });
  }
  return lexemes;
}

function refusal(parameter: string, at: number, found: string, expected: string): UserError {
  return new UserError(
    `${parameter}, character ${at + 1}: found ${found}, expected ${expected}; a filter reads like brand = 'Acme' AND price < 50.`,
    { field: parameter },
  );
}

function isComparison(text: string): text is Comparison {
  return COMPARISONS.has(text);
}

function single(parts: readonly Filter[]): Filter | undefined {
  return parts.length === 1 ? parts[0] : undefined;
}
