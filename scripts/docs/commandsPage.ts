import type { Argument, Command, Option } from 'commander';

/** The page `docs/commands.md`, as the commands' own help has it. */
export function commandsPage(program: Command): string {
  const shared = sharedOptions(program);
  const commands = program.commands.filter((command) => command.name() !== 'help');
  return [
    HEAD,
    '| command | what it does |',
    '| --- | --- |',
    ...commands.map(
      (command) => `| [\`${command.name()}\`](#${command.name()}) | ${cell(command.description())} |`,
    ),
    '',
    ...commands.flatMap((command) => section(command, shared)),
    '## Options of every command',
    '',
    ...optionTable(shared),
    '',
  ].join('\n');
}

const HEAD = `<!-- Written by \`npm run docs\` from the help of the commands in src/cli; change the help there. -->

# Commands

\`shelfwright <command> --help\` prints the same. Exit codes: 0 done, 1 failed, 2 called wrongly, 3 done with rows in
quarantine. With \`--json\` a command prints one JSON document on standard output. Progress and warnings go to standard
error. Every command also takes [these options](#options-of-every-command).
`;

/** What runs: the command itself, or those of a group. */
function leaves(command: Command): Command[] {
  return command.commands.length === 0
    ? [command]
    : command.commands.filter((one) => one.name() !== 'help').flatMap(leaves);
}

/** `shelfwright taxonomy lint` without its first word. */
function nameOf(command: Command): string {
  const parent = command.parent;
  return parent === null || parent.parent === null ? command.name() : `${nameOf(parent)} ${command.name()}`;
}

function sharedOptions(program: Command): Option[] {
  const [first, ...others] = leaves(program);
  return (first?.options ?? []).filter(({ long }) =>
    others.every((command) => command.options.some((option) => option.long === long)),
  );
}

function section(command: Command, shared: readonly Option[]): string[] {
  const inside = leaves(command);
  const isGroup = command.commands.length > 0;
  return [
    `## ${command.name()}`,
    '',
    ...(isGroup ? [`${sentence(command.description())}`, ''] : []),
    ...inside.flatMap((one) => [
      ...(isGroup ? [`### ${nameOf(one)}`, ''] : []),
      `\`${usage(one)}\``,
      '',
      `${sentence(one.description())}${isGroup && isDefault(one) ? ` This is what \`${nameOf(command)}\` alone does.` : ''}`,
      '',
      ...optionTableOf(one, shared),
    ]),
  ];
}

/** Whether a group runs this command when none is named; commander has no public way to ask. */
function isDefault(command: Command): boolean {
  const parent: unknown = command.parent;
  return (
    typeof parent === 'object' &&
    parent !== null &&
    '_defaultCommandName' in parent &&
    parent._defaultCommandName === command.name()
  );
}

function usage(command: Command): string {
  const required = command.options
    .filter(({ mandatory }) => mandatory)
    .map(({ flags }) => flags.replace(/^-\w, /, ''));
  return ['shelfwright', nameOf(command), ...command.registeredArguments.map(argumentText), ...required].join(
    ' ',
  );
}

function argumentText(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionTableOf(command: Command, shared: readonly Option[]): string[] {
  const own = command.options.filter(
    ({ long, hidden }) => !hidden && !shared.some((option) => option.long === long),
  );
  return own.length === 0 ? [] : [...optionTable(own), ''];
}

function optionTable(options: readonly Option[]): string[] {
  return [
    '| option | what it does |',
    '| --- | --- |',
    ...options.map((option) => `| \`${option.flags.replaceAll('|', '\\|')}\` | ${cell(describe(option))} |`),
  ];
}

function describe({ description, argChoices, defaultValue }: Option): string {
  const choices = argChoices === undefined ? '' : `: ${argChoices.map((one) => `\`${one}\``).join(', ')}`;
  // Other defaults are told in the description, or depend on who runs the command.
  const otherwise = typeof defaultValue === 'number' ? ` (default: ${defaultValue})` : '';
  return `${description}${choices}${otherwise}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '\\<');
}
