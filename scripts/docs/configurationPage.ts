import { stringify } from 'yaml';
import {
  type Configuration,
  configurationSchema,
  OLDER_VARIABLES,
} from '../../src/configuration/configuration.js';
import { type ConfigurationSection, keysOf, sectionsOf } from '../../src/configuration/configurationKeys.js';

/** The page `docs/configuration.md`, as the schema has it. */
export function configurationPage(): string {
  const sections = sectionsOf(configurationSchema);
  return [HEAD, ...sections.map(sectionText), older(), everything(configurationSchema.parse({}))].join('\n');
}

const HEAD = `<!-- Written by \`npm run docs\` after the schema in src/configuration; changes are made there. -->

# Configuration

Every command reads one file of settings, the environment and its flags. A flag counts over a variable, a variable over
the file, the file over the default, each key for itself. Nothing is needed: without any of them the defaults below hold.

The file is the one of \`--config <file>\`, else of the variable \`SHELFWRIGHT_CONFIG\`, else \`shelfwright.yaml\` in the
working directory where there is one. It is YAML, or JSON, which is YAML too:

    server:
      port: 8080
      data: /var/lib/shelfwright/data

Folders are relative to the working directory, wherever the file lies. It is read once, when a command starts; jobs that a
service starts go by what the service has read.

Each key has a variable, \`SHELFWRIGHT_<SECTION>_<KEY>\`. Numbers are written as such, switches as \`true\` or \`false\`
(\`yes\`, \`no\`, \`on\`, \`off\`, \`1\`, \`0\`), lists as \`a, b\` or \`[a, b]\`, the empty text as \`""\`. An empty variable is
none. What Kubernetes and Docker set for a service called shelfwright (\`SHELFWRIGHT_SERVICE_HOST\`,
\`SHELFWRIGHT_PORT=tcp://...\`) is passed over.

A key or variable that is not known is refused with the nearest one that is; a wrong value with the file and line, what was
found and what was expected; nothing is begun then, and the exit code is 2. Each value is checked, also one that another
covers.

    $ npx shelfwright config          # what counts, and where each value comes from; --json for machines
    $ npx shelfwright config check    # all that is wrong; exit code 1 where something is

Both mask what is secret: names and passwords in URLs, and of a webhook everything after the host.
\`SHELFWRIGHT_DEBUG\`, set to anything, prints the stack of what was not foreseen; it is no setting.
`;

function sectionText({ name, description, keys }: ConfigurationSection): string {
  return [
    `## ${name}`,
    '',
    ...(description === '' ? [] : [cell(description), '']),
    '| key | variable | takes | default | what it is |',
    '| --- | --- | --- | --- | --- |',
    ...keys.map(
      (key) =>
        `| \`${key.key}\` | \`${key.variable}\` | ${cell(key.expected)} | \`${cell(JSON.stringify(key.defaultValue))}\` | ${cell(key.description)} |`,
    ),
    '',
  ].join('\n');
}

function older(): string {
  const keys = keysOf(configurationSchema);
  return [
    '## Older names',
    '',
    'They go on working, and count where the newer one is not set.',
    '',
    ...Object.entries(OLDER_VARIABLES).map(([variable, path]) => {
      const key = keys.find((one) => one.path === path);
      return `- \`${variable}\` is \`${key?.variable ?? path}\``;
    }),
    '',
  ].join('\n');
}

function everything(defaults: Configuration): string {
  const yaml = stringify(defaults)
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`);
  return ['## All keys with their defaults', '', ...yaml, ''].join('\n');
}

/** Text that stands in a cell of a table. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
