import { UserError } from '../../domain/errors.js';
import type { Comparison } from '../../search/filter/parseFilter.js';
import { readDecimal } from '../../text/numbers.js';
import { type Condition, conditionOn, joined, negated, rangeOn } from './condition.js';

interface Lexeme {
  readonly kind: 'word' | 'quoted' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** `<score=2>` weighs a condition, which changes no result of ours. */
const LEXEME =
  /(?<space>\s+|<score=\d+>)|(?<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<sign>!=|<=|>=|[()<>=:])|(?<word>[^\s()"'<>=!:][^\s()<>=!:]*)/suy;
const OPERATORS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const MAX_DEPTH = 40;
const MAX_SHOWN = 40;
const PARAMETER = 'filters';

/**
 * Reads the syntax of Algolia's parameter `filters`: `brand:Acme AND (color:"dark red" OR color:blue) AND NOT price < 10
 * AND stock:1 TO 5`. Undefined for an empty text.
 * @throws UserError with the position, what was found and what was expected.
 */
export function readFilters(text: string): Condition | undefined {
  const parser = new Parser(lex(text));
  return parser.isEmpty ? undefined : parser.whole();
}

class Parser {
  #next = 0;
  #depth = 0;

  constructor(private readonly lexemes: readonly Lexeme[]) {}

  get isEmpty(): boolean {
    return this.#peek().kind === 'end';
  }

  whole(): Condition {
    const condition = this.#alternatives();
    if (this.#peek().kind !== 'end') this.#fail('AND, OR or the end');
    return condition;
  }

  #alternatives(): Condition {
    const parts = [this.#conjunction()];
    while (this.#takeWord('OR')) parts.push(this.#conjunction());
    return joined('OR', parts);
  }

  #conjunction(): Condition {
    const parts = [this.#negation()];
    while (this.#takeWord('AND')) parts.push(this.#negation());
    return joined('AND', parts);
  }

  #negation(): Condition {
    if (++this.#depth > MAX_DEPTH) this.#fail(`at most ${MAX_DEPTH} levels of NOT and parentheses`);
    try {
      if (this.#takeWord('NOT')) return negated(this.#negation());
      if (!this.#takeSign('(')) return this.#condition();
      const inner = this.#alternatives();
      if (!this.#takeSign(')')) this.#fail("')'");
      return inner;
    } finally {
      this.#depth--;
    }
  }

  #condition(): Condition {
    const attribute = this.#text('an attribute');
    if (this.#takeSign(':')) return this.#valueOf(attribute);
    const operator = this.#peek();
    if (operator.kind !== 'sign' || !isOperator(operator.text))
      return this.#fail("':' and a value, or =, !=, <, <=, >, >= and a number");
    this.#next++;
    return conditionOn(attribute, operator.text, this.#number(), PARAMETER);
  }

  #valueOf(attribute: string): Condition {
    const value = this.#text('a value (in quotes, if it has spaces or signs)');
    const from = readDecimal(value);
    if (from === undefined || !this.#takeWord('TO')) return conditionOn(attribute, '=', value, PARAMETER);
    return rangeOn(attribute, from, this.#number(), PARAMETER);
  }

  #number(): number {
    const { kind, text } = this.#peek();
    const number = kind === 'word' ? readDecimal(text) : undefined;
    if (number === undefined) return this.#fail('a number');
    this.#next++;
    return number;
  }

  #text(expected: string): string {
    const { kind, text } = this.#peek();
    if (kind !== 'word' && kind !== 'quoted') return this.#fail(expected);
    this.#next++;
    return text;
  }

  #peek(): Lexeme {
    return this.lexemes[this.#next] ?? { kind: 'end', text: '', at: 0 };
  }

  #takeWord(word: string): boolean {
    const { kind, text } = this.#peek();
    return this.#take(kind === 'word' && text === word);
  }

  #takeSign(sign: string): boolean {
    const { kind, text } = this.#peek();
    return this.#take(kind === 'sign' && text === sign);
  }

  #take(fits: boolean): boolean {
    if (fits) this.#next++;
    return fits;
  }

  #fail(expected: string): never {
    const { kind, text, at } = this.#peek();
    throw refusal(at, kind === 'end' ? 'the end' : `'${text.slice(0, MAX_SHOWN)}'`, expected);
  }
}

function lex(text: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  LEXEME.lastIndex = 0;
  for (let at = 0; at < text.length; at = LEXEME.lastIndex) {
    const { space, quoted, sign, word } = LEXEME.exec(text)?.groups ?? {};
    if (space !== undefined) continue;
    if (quoted !== undefined)
      lexemes.push({ kind: 'quoted', text: quoted.slice(1, -1).replace(/\\(.)/gs, '$1'), at });
    else if (sign !== undefined) lexemes.push({ kind: 'sign', text: sign, at });
    else if (word !== undefined) lexemes.push({ kind: 'word', text: word, at });
    else
      throw refusal(
        at,
        `'${text.slice(at, at + 10)}'`,
        'an attribute, an operator, or a value in closed quotes',
      );
  }
  lexemes.push({ kind: 'end', text: '', at: text.length });
  return lexemes;
}

function isOperator(text: string): text is Comparison {
  return OPERATORS.has(text);
}

function refusal(at: number, found: string, expected: string): UserError {
  return new UserError(
    `${PARAMETER}, character ${at + 1}: found ${found}, expected ${expected}; filters read like brand:Acme AND price < 50.`,
    { field: PARAMETER },
  );
}
