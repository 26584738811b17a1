import { CST, Lexer } from 'yaml';
import { UserError } from './errors.js';

/** Levels and columns together; far more than a person writes, far less than the stack holds. */
export const MAX_YAML_DEPTH = 400;

/**
 * Asked before a YAML parser is given a text from outside.
 * @throws UserError if it nests deeper than the stack holds; `file` is for the message.
 */
export function requireShallowYaml(text: string, file: string): void {
  if (!nestsTooDeep(text)) return;
  throw new UserError(
    `${file} is nested or indented more than ${MAX_YAML_DEPTH} deep, which no file of ours needs: write it flatter.`,
  );
}

/**
 * Whether a YAML text nests deeper than `DEEPEST_YAML`, counted as no less than it does: brackets, indicators on one
 * line, columns of indentation. Reading YAML goes down by recursion, and exhausting the stack there can end the
 * process, so it is asked first.
 */
export function nestsTooDeep(text: string): boolean {
  let flow = 0;
  let line = 0;
  /** Whether nothing but spaces and indicators has stood on the line. */
  let leading = true;
  let scalar = false;
  for (const source of new Lexer().lex(text)) {
    if (scalar) {
      // What follows the mark of a scalar is its text, whatever that looks like.
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
        // In brackets it parts keys from values, any number on a line.
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
    if (flow + line > MAX_YAML_DEPTH) return true;
  }
  return false;
}
