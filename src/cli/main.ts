import { Command, CommanderError } from 'commander';
import { packageVersion } from '../configuration/packagePaths.js';
import { sentenceOf, UsageError, UserError } from '../domain/errors.js';
import { storageErrorOf } from '../domain/storageError.js';
import { acceptRenamedFlags, configure, configuredFlag } from './configure.js';
import { loadCommands } from './loadCommands.js';

/** Exit codes of every command. */
const DONE = 0;
const FAILED = 1;
const USAGE_ERROR = 2;

/** Runs one command line and leaves its exit code in `process.exitCode`. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    const program = await buildProgram(argv[2]);
    await program.parseAsync(dashedArgumentsLast(argv));
  } catch (thrown) {
    const error = storageErrorOf(thrown) ?? thrown;
    process.exitCode = exitCodeOf(error);
    if (error instanceof CommanderError) return;
    if (error instanceof UserError) process.stderr.write(`shelfwright: ${error.message}\n`);
    else {
      process.stderr.write(`shelfwright: unexpected error: ${sentenceOf(error)}\n`);
      if (process.env.SHELFWRIGHT_DEBUG !== undefined) console.error(error);
    }
  }
}

/** No option starts with three dashes, so such a word is an argument: `search '---'`. */
function dashedArgumentsLast(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const before = argv.slice(0, end);
  const dashed = before.filter((word) => word.startsWith('---'));
  if (dashed.length === 0) return [...argv];
  return [...before.filter((word) => !dashed.includes(word)), '--', ...dashed, ...argv.slice(end + 1)];
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : USAGE_ERROR;
  if (error instanceof UsageError) return USAGE_ERROR;
  return error instanceof UserError && ARGUMENTS.has(error.field ?? '') ? USAGE_ERROR : FAILED;
}

/** What errors about arguments name, where they are found only once a file or a catalog is open. */
const ARGUMENTS: ReadonlySet<string> = new Set([
  ...['filter', '--filter', 'where', '--where', '--fields', '--map', 'sort', '--sort', 'facets', '--facets'],
  ...['--sheet', '--header-row'],
]);

/** The command line with the command of that name, or with all commands if there is none of that name. */
export async function buildProgram(name: string | undefined): Promise<Command> {
  const program = new Command('shelfwright')
    .description('Fills the gaps of a product catalog and serves search over it, on this machine only.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'shelfwright: ')) })
    .showHelpAfterError('(see shelfwright --help)');
  for (const add of await loadCommands(name)) add(program);
  for (const group of groups(program)) nameCommands(group);
  for (const command of leaves(program)) {
    command
      .addOption(configuredFlag('--data <dir>', 'server.data'))
      .addOption(configuredFlag('--indexes <dir>', 'server.indexes'))
      .addOption(configuredFlag('--model <dir>', 'server.model'))
      .option('--config <file>', 'configuration file (default: $SHELFWRIGHT_CONFIG, else ./shelfwright.yaml)')
      .option('--json', 'print the result as JSON')
      .exitOverride();
    acceptRenamedFlags(command);
  }
  program.hook('preAction', (_, command) => configure(command));
  return program;
}

/** Answers an unknown command with the known ones. */
function nameCommands(group: Command): void {
  const path = [...(group.parent === null ? [] : [group.name()]), ''].join(' ');
  const known = group.commands.map((command) => command.name()).join(', ');
  const writeError = (text: string, write: (text: string) => void, unknown: string | undefined): void =>
    write(
      unknown === undefined
        ? text.replace(/^error: /, 'shelfwright: ')
        : `shelfwright: there is no command '${path}${unknown}'; there are ${known}.\n`,
    );
  group.configureOutput({
    outputError: (text, write) => writeError(text, write, /^error: unknown command '(.*)'/.exec(text)?.[1]),
  });
  for (const command of group.commands) {
    if (command.commands.length > 0) continue;
    // A group's usual command takes an unknown one for its argument.
    const isUsual = () => !group.args.includes(command.name());
    command.configureOutput({
      outputError: (text, write) =>
        writeError(
          text,
          write,
          isUsual() && /^error: too many arguments/.test(text) ? command.args[0] : undefined,
        ),
    });
  }
}

function groups(command: Command): Command[] {
  return command.commands.length === 0 ? [] : [command, ...command.commands.flatMap(groups)];
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}
