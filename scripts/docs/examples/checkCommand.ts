import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Word } from './splitWords.js';

/** What named commands are held against. */
export interface KnownCommands {
  /** The real command line. */
  readonly program: Command;
  /** Names of the scripts of package.json. */
  readonly scripts: ReadonlySet<string>;
}

/** Folders of the repository that a page may name files of; others are the reader's own. */
const OWN_FOLDERS = /^(?:catalogs|docs|examples|models|packaging|scripts|taxonomy)\//;
/** Scripts whose first arguments choose among names, with the file that lists these. */
const CHOOSING: Readonly<Record<string, string>> = {
  bench: 'scripts/bench.ts',
  'test:torture': 'scripts/torture.ts',
};

/** Reads what is known from the repository in the working folder. */
export function knownCommands(program: Command): KnownCommands {
  const manifest: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
  return { program, scripts: new Set(Object.keys(manifest.scripts)) };
}

/** What of a command line does not exist: subcommands, options, scripts, files of the repository. */
export function checkCommand(words: readonly Word[], known: KnownCommands): string[] {
  return commandsIn(words).flatMap((command) => [...checkCall(command, known), ...checkPaths(command)]);
}

/** The commands between operators, without variables set before them. */
function commandsIn(words: readonly Word[]): string[][] {
  const commands: string[][] = [[]];
  for (const { text, operator } of words) {
    if (operator) commands.push([]);
    else if (commands.at(-1)?.length !== 0 || !/^[A-Z_]+=/.test(text)) commands.at(-1)?.push(text);
  }
  return commands;
}

function checkCall(command: readonly string[], known: KnownCommands): string[] {
  const [name = '', ...rest] = command[0] === 'npx' ? command.slice(1) : command;
  if (name === 'shelfwright' || name.endsWith('/bin/shelfwright'))
    return checkShelfwright(rest, known.program);
  // `docker compose run --rm shelfwright keys create` and its like.
  const inside = rest.indexOf('shelfwright');
  if (name === 'docker' && inside >= 0) return checkShelfwright(rest.slice(inside + 1), known.program);
  return name === 'npm' ? checkScript(rest, known.scripts) : [];
}

function checkShelfwright(words: readonly string[], program: Command): string[] {
  let command = program;
  let at = 0;
  while (command.commands.length > 0) {
    const next = command.commands.find((one) => one.name() === words[at]);
    if (next === undefined) break;
    command = next;
    at++;
  }
  const path = pathOf(command);
  const rest = words.slice(at);
  const first = rest[0];
  if (first !== undefined && !/^[-<[]/.test(first) && command.registeredArguments.length === 0)
    return [`there is no command '${path} ${first}'`];
  // A group such as `review` runs its default when nothing further is named.
  const options = [command, ...command.commands].flatMap((one) => one.options);
  return rest.flatMap((word, place) => {
    const [flag = ''] = word.split('=');
    if (!/^--?[a-z]/i.test(flag) || rest[place - 1] === '--') return [];
    const isKnown = flag === '--help' || options.some(({ long, short }) => flag === long || flag === short);
    return isKnown || (flag === '--version' && command === program) ? [] : [`${path} has no option ${flag}`];
  });
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function checkScript([command = '', ...rest]: readonly string[], scripts: ReadonlySet<string>): string[] {
  const [name = '', ...more] = command === 'run' ? rest : [command, ...rest];
  if (command !== 'run' && command !== 'test' && command !== 'start') return [];
  if (!scripts.has(name)) return [`package.json has no script '${name}'`];
  const list = CHOOSING[name];
  const chosen = more.filter((word) => /^[a-z][\w-]*$/i.test(word)).slice(0, 1);
  if (list === undefined) return [];
  const text = readFileSync(list, 'utf8');
  return chosen
    .filter((word) => !new RegExp(`^ +'?${word}'?:`, 'm').test(text))
    .map((word) => `npm run ${name} knows no '${word}'`);
}

function checkPaths(command: readonly string[]): string[] {
  return command
    .filter((word, at) => {
      const written = ['-o', '--out', '--html', '--report', '--quarantine'].includes(command[at - 1] ?? '');
      return OWN_FOLDERS.test(word) && !/[<*]/.test(word) && !written && !existsSync(word);
    })
    .map((word) => `there is no ${word}`);
}
