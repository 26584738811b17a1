import { CST, Lexer } from 'yaml';
import { UserError } from './errors.js';

/** Levels and columns together; far more than a person writes, far less than the stack holds. */
export const DEEPEST_YAML = 400;

/**
 * Asked before a YAML parser is given a text from outside.
 * @throws UserError if it nests deeper than the stack holds; `file` is for the message.
 */
export function requireShallowYaml(text: string, file: string): void {
  if (measureDepth(text) <= DEEPEST_YAML) return;
  throw new UserError(
    `${file} is nested or indented more than ${DEEPEST_YAML} deep, which no file of ours needs: write it flatter.`,
  );
}

/**
 * How deeply a YAML text nests, no less than it does: brackets, indicators on one line, columns of indentation.
 * Reading YAML goes down by recursion, and exhausting the stack there can end the process, so it is asked first.
 */
export function measureDepth(text: string): number {
  let flow = 0;
  let line = 0;
  let deepest = 0;
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
        break;
      case 'flow-seq-start':
      case 'flow-map-start':
        flow++;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        flow--;
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
        line++;
        break;
      case 'space':
        line += source.length;
        break;
      case 'newline':
        line = 0;
        break;
      default:
    }
    deepest = Math.max(deepest, flow + line);
  }
  return deepest;
}
