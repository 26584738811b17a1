import { expect, it } from 'vitest';
import { checkCommand, knownCommands } from '../../scripts/docs/examples/checkCommand.js';
import { splitWords } from '../../scripts/docs/examples/splitWords.js';
import { buildProgram } from '../../src/cli/main.js';

const known = knownCommands(await buildProgram(undefined));
const check = (line: string): string[] => checkCommand(splitWords(line) ?? [], known);

it.each([
  'npx shelfwright import my-export.csv --full      # a comment',
  'npx shelfwright search "rain jacket" --limit 3 --json',
  'shelfwright review --limit 3',
  'shelfwright taxonomy accept p.json --taxonomy taxonomy/2026-11 -o taxonomy/new --as new',
  'shelfwright keys revoke <id>',
  'docker compose run --rm shelfwright keys create --scope admin',
  'npm ci && npm start',
  'npm run bench -- known-items <catalog>',
  'npm run test:torture -- serverKills --rounds 20',
  'curl -d \'{"a": 1}\' http://127.0.0.1:3000/ | head',
])('finds nothing wrong with %s', (line) => {
  expect(check(line)).toEqual([]);
});

it.each([
  ['npx shelfwright improt feed.csv', "there is no command 'shelfwright improt'"],
  ['shelfwright taxonomy lnit', "there is no command 'shelfwright taxonomy lnit'"],
  ['shelfwright search shoes --limits 3', 'shelfwright search has no option --limits'],
  ['docker compose run --rm shelfwright keys make', "there is no command 'shelfwright keys make'"],
  ['npm ci && npm run tests', "package.json has no script 'tests'"],
  ['npm run bench -- enrich', "npm run bench knows no 'enrich'"],
  ['npx shelfwright audit catalogs/gone.jsonl', 'there is no catalogs/gone.jsonl'],
])('finds in %s that %s', (line, problem) => {
  expect(check(line)).toEqual([problem]);
});
