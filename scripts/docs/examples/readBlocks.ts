/** A fenced block of a Markdown page. */
export interface Block {
  /** The first word after the fence: `console`, `sh`, `yaml`; empty where there is none. */
  readonly language: string;
  /** The further words after the fence. */
  readonly options: readonly string[];
  /** What stands before the fence, as it does inside a list; the lines are given without it. */
  readonly indent: string;
  readonly lines: readonly string[];
  /** Where the first of the lines is in the page, counted from 0. */
  readonly start: number;
}

/** The fenced blocks of a page in order. @throws Error for a fence that is not closed. */
export function readBlocks(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opened = /^(\s*)(`{3,})(.*)$/.exec(lines[at] ?? '');
    if (opened === null) continue;
    const [, indent = '', fence = '', info = ''] = opened;
    const start = at + 1;
    const end = lines.findIndex((line, place) => place >= start && line.trim() === fence);
    if (end < 0) throw new Error(`The block that begins in line ${start} is not closed by ${fence}.`);
    const [language = '', ...options] = info.trim().split(/\s+/);
    const inside = lines.slice(start, end).map((line) => withoutIndent(line, indent));
    blocks.push({ language, options, indent, lines: inside, start });
    at = end;
  }
  return blocks;
}

/** The value of an option such as `file=rules.yaml`. */
export function optionOf(block: Block, name: string): string | undefined {
  return block.options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
}

function withoutIndent(line: string, indent: string): string {
  return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
}
