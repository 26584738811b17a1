import { readFileSync } from 'node:fs';
import { checkCommand, type KnownCommands } from './checkCommand.js';
import { type Block, readBlocks } from './readBlocks.js';
import { splitWords } from './splitWords.js';

/** Words that a command in the text of a page begins with. */
const COMMAND = /^(?:npx )?shelfwright |^npm (?:run|test|start)\b/;
/** What looks like a command at the beginning of a line. */
const LOOKS_LIKE_COMMAND =
  /^\s*(?:\$ |(?:npx |sudo )?(?:shelfwright|npm|curl|docker|systemctl|apt|apt-get) )/;

/**
 * What is wrong with the commands of a page without running them, each with its line: names in `sh` blocks and in the
 * text that do not exist, and commands in other blocks, where nothing would check them.
 */
export function checkPage(page: string, known: KnownCommands): string[] {
  const markdown = readFileSync(page, 'utf8');
  const blocks = readBlocks(markdown);
  const inBlocks = blocks.flatMap((block) => {
    if (block.language === 'sh') return checkScriptBlock(block, known);
    return block.language === 'console' ? [] : misplaced(block);
  });
  const inText = outside(markdown, blocks).flatMap(({ line, text }) => [
    ...(/^ {4}/.test(text) && LOOKS_LIKE_COMMAND.test(text)
      ? [at(line, 'a command stands in an indented block; mark it console or sh')]
      : []),
    ...Array.from(text.matchAll(/`([^`]+)`/g), ([, code = '']) => code).flatMap((code) =>
      COMMAND.test(code)
        ? checkCommand(splitWords(code) ?? [], known).map((problem) => at(line, problem))
        : [],
    ),
  ]);
  return [...inBlocks, ...inText].map((problem) => `${page}:${problem}`);
}

function checkScriptBlock({ lines, start }: Block, known: KnownCommands): string[] {
  const problems: string[] = [];
  for (let place = 0; place < lines.length; place++) {
    const line = start + place;
    let text = lines[place] ?? '';
    let words = splitWords(text);
    while (words === undefined && place + 1 < lines.length) {
      text += `\n${lines[++place]}`;
      words = splitWords(text);
    }
    if (words === undefined) problems.push(at(line, 'the command does not end'));
    else if (words[0]?.text === '$') problems.push(at(line, 'a block with prompts is marked console'));
    else problems.push(...checkCommand(words, known).map((problem) => at(line, problem)));
  }
  return problems;
}

function misplaced({ language, lines, start }: Block): string[] {
  if (['yaml', 'json', 'csv', 'mermaid', 'ini', 'nginx', 'dockerfile'].includes(language)) return [];
  return lines.flatMap((line, place) =>
    LOOKS_LIKE_COMMAND.test(line)
      ? [at(start + place, `a command stands in a block marked '${language}'; mark it console or sh`)]
      : [],
  );
}

function outside(markdown: string, blocks: readonly Block[]): { line: number; text: string }[] {
  const inside = (line: number): boolean =>
    blocks.some(({ start, lines }) => line >= start - 1 && line <= start + lines.length);
  return markdown
    .split('\n')
    .map((text, line) => ({ line, text }))
    .filter(({ line }) => !inside(line));
}

function at(line: number, problem: string): string {
  return `${line + 1}: ${problem}`;
}
