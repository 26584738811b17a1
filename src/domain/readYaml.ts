import { type Document, LineCounter, parseDocument } from 'yaml';
import { sentenceOf } from './errors.js';
import { MAX_YAML_DEPTH, nestsTooDeep } from './yamlDepth.js';

/** A YAML text as it was read, or why and on which line it could not be. */
export type ReadYaml =
  | { readonly document: Document.Parsed; readonly lines: LineCounter; readonly raw: unknown }
  | { readonly message: string; readonly line: number };

/**
 * Reads YAML, which JSON is a part of, after `nestsTooDeep` has refused what would exhaust the stack. `needs` says in
 * a refusal how deep the text should be: `rules need five levels`. Never throws.
 */
export function readYaml(text: string, needs: string): ReadYaml {
  if (nestsTooDeep(text)) {
    return {
      message: `nested or indented more than ${MAX_YAML_DEPTH} deep, where ${needs}; write it flatter`,
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
