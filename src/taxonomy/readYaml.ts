import { type Document, LineCounter, parseDocument } from 'yaml';
import { sentenceOf } from '../domain/errors.js';
import { measureDepth } from './measureDepth.js';

/** A YAML text as it was read, or why and on which line it could not be. */
export type ReadYaml =
  | { readonly document: Document.Parsed; readonly lines: LineCounter; readonly raw: unknown }
  | { readonly message: string; readonly line: number };

/** Levels and columns together; far more than a person writes, far less than the stack holds. */
const DEEPEST = 400;

/**
 * Reads YAML, which JSON is a part of, after `measureDepth` has refused what would exhaust the stack. `needs` says in
 * a refusal how deep the text should be: `rules need five levels`. Never throws.
 */
export function readYaml(text: string, needs: string): ReadYaml {
  if (measureDepth(text) > DEEPEST) {
    return {
      message: `nested or indented more than ${DEEPEST} deep, where ${needs}; write it flatter`,
      line: 1,
    };
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines });
    const [error] = document.errors;
    if (error === undefined) return { document, lines, raw: document.toJS() };
    const said = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    return { message: `not readable YAML: ${said}; mend it there`, line: lines.linePos(error.pos[0]).line };
  } catch (error) {
    // Aliases beyond count are refused by throwing.
    return { message: `not readable YAML: ${sentenceOf(error)}; write it flatter`, line: 1 };
  }
}
