import { readFileSync } from 'node:fs';
import type { PageFolder, Ran } from './pageFolder.js';
import { runCurl } from './runCurl.js';
import { splitWords } from './splitWords.js';

/** What commands that take long say about their progress where there is no terminal to draw a bar on. */
const PROGRESS = /^[a-z]+: \d+ in [\d.]+ s \(.*\/s\)\n/gm;
/** As `curl -f` ends where the service refuses; without that, curl takes a refusal for an answer like any other. */
const REFUSED = 22;

/**
 * Runs one command of a page: `shelfwright` as a process, `curl` against the service over the folder, `cat` and `sed`
 * here. Its output may go into a file (`> file`).
 * @throws Error for any other program and other shell syntax
 */
export async function runStep(folder: PageFolder, command: string): Promise<Ran> {
  const words = splitWords(command) ?? [];
  const redirect = words.findIndex(({ text, operator }) => operator && text === '>');
  const target = redirect < 0 ? undefined : words[redirect + 1]?.text;
  const called = redirect < 0 ? words : words.slice(0, redirect);
  if (called.some(({ operator }) => operator))
    throw new Error('Examples that are run use no operator but > file; use a block marked sh.');
  const ran = await runWords(
    folder,
    called.map(({ text }) => text),
  );
  if (target === undefined || ran.code !== 0) return ran;
  folder.write(target, ran.output);
  return { code: 0, output: '' };
}

async function runWords(folder: PageFolder, words: readonly string[]): Promise<Ran> {
  const assigned = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const environment = Object.fromEntries(words.slice(0, assigned).map((word) => splitAtEquals(word)));
  const [program, ...rest] = words.slice(assigned);
  if (program === 'npx' && rest[0] === 'shelfwright')
    return runShelfwright(folder, rest.slice(1), environment);
  switch (program) {
    case 'shelfwright':
      return runShelfwright(folder, rest, environment);
    case 'curl': {
      const { body, ok } = await runCurl(rest, await folder.serviceOrigin(), folder.path);
      return { code: ok ? 0 : REFUSED, output: body };
    }
    case 'cat':
      return { code: 0, output: rest.map((name) => readFileSync(folder.file(name), 'utf8')).join('') };
    case 'sed':
      return { code: 0, output: substitute(rest[0] ?? '', readFileSync(folder.file(rest[1] ?? ''), 'utf8')) };
    default:
      throw new Error(
        `Examples that are run use shelfwright, curl, cat and sed, not ${program}; use a block marked sh.`,
      );
  }
}

async function runShelfwright(
  folder: PageFolder,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  const { code, output } = await folder.run(args, environment);
  return { code, output: output.replace(PROGRESS, '') };
}

/** What `sed` makes of a text by substitutions of the first match in each line: `s/this/that/; s/here/there/`. */
function substitute(script: string, text: string): string {
  const substitutions = script.split('; ').map((command) => {
    const [, pattern, replacement] = /^s\/([^/]*)\/([^/]*)\/$/.exec(command) ?? [];
    if (pattern === undefined || replacement === undefined)
      throw new Error(`Examples use sed for s/this/that/ only, found ${command}`);
    return { pattern: new RegExp(pattern), replacement };
  });
  return text
    .split('\n')
    .map((line) =>
      substitutions.reduce((made, { pattern, replacement }) => made.replace(pattern, replacement), line),
    )
    .join('\n');
}

function splitAtEquals(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}
