import { CST, type Document, isScalar, Lexer, LineCounter, parseDocument, visit } from 'yaml';
import { sentenceOf, UserError } from './errors.js';

/** Levels of nesting plus columns of indentation. People write far fewer; the parser's stack holds far more. */
const MAX_DEPTH = 400;

/** The parser looks every alias up among all anchors. */
const MAX_ALIASES = 100;
const ALIAS = /(?:^|[\s[{,:])\*[^\s*,\]}]/gm;

/** A parsed YAML text, or why it cannot be read and on which line. */
export type ReadYaml =
  | { readonly document: Document.Parsed; readonly lines: LineCounter; readonly raw: unknown }
  | { readonly message: string; readonly line: number };

/**
 * Parses YAML (JSON is a part of it) from outside. Refuses nesting that would exhaust the stack, and aliases that
 * expand without bound. Never throws.
 */
export function readYaml(text: string): ReadYaml {
  if (hasManyAliases(text)) {
    return {
      message: `more than ${MAX_ALIASES} aliases (*name), more than any file needs; write it out`,
      line: 1,
    };
  }
  if (isTooDeep(text)) {
    return {
      message: `nested or indented more than ${MAX_DEPTH} deep, more than any file needs; write it flatter`,
      line: 1,
    };
  }
  const lines = new LineCounter();
  try {
    // The parser compares each key of a map with all others.
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
    const [error] = document.errors;
    const repeated = error === undefined ? findRepeatedKey(document) : undefined;
    if (repeated !== undefined) {
      return {
        message: 'not readable YAML: Map keys must be unique; correct it',
        line: lines.linePos(repeated).line,
      };
    }
    if (error === undefined) return { document, lines, raw: document.toJS() };
    const reason = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    return { message: `not readable YAML: ${reason}; correct it`, line: lines.linePos(error.pos[0]).line };
  } catch (error) {
    // The parser refuses aliases that expand too far by throwing.
    return { message: `not readable YAML: ${sentenceOf(error)}; write it flatter`, line: 1 };
  }
}

/** Where a map has a key for the second time. */
function findRepeatedKey(document: Document.Parsed): number | undefined {
  let repeated: number | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          repeated = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return repeated;
}

function hasManyAliases(text: string): boolean {
  let aliases = 0;
  for (const _ of text.matchAll(ALIAS)) if (++aliases > MAX_ALIASES) return true;
  return false;
}

/**
 * The content of a YAML file; null if it is empty.
 * @throws UserError with the file, the line and the reason if the text cannot be read.
 */
export function parseYaml(text: string, file: string): unknown {
  const read = readYaml(text);
  if ('message' in read) throw new UserError(`${file}, line ${read.line}: ${read.message}.`);
  return read.raw ?? null;
}

/**
 * Whether a YAML text nests deeper than `MAX_DEPTH`, estimated from above: brackets, indicators on one line, columns of
 * indentation. The parser is recursive, and a stack overflow inside it can end the process, so this runs before it.
 */
function isTooDeep(text: string): boolean {
  let flow = 0;
  let line = 0;
  /** Whether the line so far has only spaces and indicators. */
  let leading = true;
  let scalar = false;
  for (const source of new Lexer().lex(text)) {
    if (scalar) {
      // The token after a scalar's mark is its text, whatever that looks like.
      scalar = false;
      continue;
    }
    switch (CST.tokenType(source)) {
      case 'scalar':
        scalar = true;
        leading = false;
        break;
      case 'flow-seq-start':
      case 'flow-map-start':
        flow++;
        leading = false;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        flow--;
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
        line++;
        break;
      case 'map-value-ind':
        // Inside brackets it separates keys from values, any number on one line.
        if (flow === 0) line++;
        break;
      case 'space':
        if (leading) line += source.length;
        break;
      case 'newline':
        line = 0;
        leading = true;
        break;
      default:
        leading = false;
    }
    if (flow + line > MAX_DEPTH) return true;
  }
  return false;
}

/** Finds the lines of a YAML text by path. Parses the text once. */
export class YamlLines {
  private readonly lines = new LineCounter();
  private readonly document;

  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines });
  }

  /** The 1-based line of the deepest part of the path that exists. */
  lineOf(path: readonly (string | number)[]): number | undefined {
    for (let length = path.length; length > 0; length--) {
      const node = this.document.getIn(path.slice(0, length), true);
      if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
        const start: unknown = node.range[0];
        if (typeof start === 'number') return this.lines.linePos(start).line;
      }
    }
    return undefined;
  }
}
