import { LineCounter, parseDocument } from 'yaml';

/** On which line of a YAML text a place stands, from 1. The text is parsed once. */
export class YamlLines {
  private readonly lines = new LineCounter();
  private readonly document;

  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines });
  }

  /** The line of the deepest part of the path that is there. */
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
