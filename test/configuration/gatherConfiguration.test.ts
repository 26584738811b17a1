import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { readConfigurationFile } from '../../src/configuration/configurationFile.js';
import { keysOf } from '../../src/configuration/configurationKeys.js';
import { gatherConfiguration } from '../../src/configuration/gatherConfiguration.js';
import { fileOf, temporaryFolder } from '../support/temporaryFolder.js';

/** One key of each kind. */
const schema = z.strictObject({
  shelf: z
    .strictObject({
      height: z.int().min(1).max(900).default(180).describe('In centimetres.'),
      slope: z.number().gt(-1).max(1).default(0.5),
      open: z.boolean().default(true),
      wood: z.enum(['oak', 'ash']).default('oak'),
    })
    .prefault({}),
  label: z
    .strictObject({
      text: z.string().default('none'),
      webhook: z.url().nullable().default(null),
      words: z.array(z.string().regex(/^[^;]*$/, 'expected words without a semicolon')).default(['new']),
      sizes: z.array(z.int().min(0)).default([]),
    })
    .refine(({ text, words }) => text !== 'twice' || words.length === 2, {
      path: ['words'],
      message: 'two words go with twice',
    })
    .prefault({}),
});

const text = fc.string({ minLength: 1 }).filter((value) => value.trim() !== '' && value.trim() !== '""');
const values = {
  'shelf.height': fc.integer({ min: 1, max: 900 }),
  'shelf.slope': fc
    .double({ min: -1, max: 1, minExcluded: true, noNaN: true })
    // Text cannot express negative zero.
    .map((value) => value + 0),
  'shelf.open': fc.boolean(),
  'shelf.wood': fc.constantFrom('oak', 'ash'),
  'label.text': text.filter((value) => value !== 'twice'),
  'label.webhook': fc.constantFrom(null, 'https://example.org/a?b=c', 'http://localhost:1/'),
  'label.words': fc.array(fc.string().map((word) => word.replaceAll(';', ','))),
  'label.sizes': fc.array(fc.nat()),
};

const RENAMED = {
  renamedKeys: { 'shelf.tallness': 'shelf.height' },
  renamedVariables: { SHELFWRIGHT_TALL: 'shelf.height' },
};

/** Ways to write a value in a variable or after a flag. */
function spellings(value: unknown): fc.Arbitrary<string> {
  if (typeof value === 'boolean')
    return fc.constantFrom(...(value ? ['true', 'yes', 'on', '1', ' TRUE '] : ['false', 'No', 'off', '0']));
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number'))
    return fc.constantFrom(value.join(','), value.join(' , '), JSON.stringify(value));
  return fc.constant(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Values for some keys in some of the sources. */
const said = fc.tuple(
  ...Object.entries(values).map(([key, value]) => {
    const written = value.chain((one: unknown) => fc.tuple(fc.constant(one), spellings(one)));
    return fc.record(
      { path: fc.constant(key), file: value, environment: written, flag: written },
      { requiredKeys: ['path'] },
    );
  }),
);

describe('a configuration', () => {
  it('takes each key from the first source that has it: flag, environment, file, default', async () => {
    const file = path.join(temporaryFolder(), 'settings.yaml');
    await fc.assert(
      fc.asyncProperty(said, fc.boolean(), async (keys, asJson) => {
        const inFile: Record<string, Record<string, unknown>> = {};
        const environment: Record<string, string> = {};
        const flags: { path: string; flag: string; text: string }[] = [];
        const expected = structuredClone(schema.parse({})) as Record<string, Record<string, unknown>>;
        const from: Record<string, string> = {};
        for (const one of keys) {
          const [section = '', key = ''] = one.path.split('.');
          const target = expected[section] ?? {};
          from[one.path] = 'default';
          if ('file' in one) {
            inFile[section] = { ...inFile[section], [key]: one.file };
            target[key] = one.file;
            from[one.path] = 'file';
          }
          if (one.environment !== undefined) {
            environment[`SHELFWRIGHT_${one.path.replace('.', '_').toUpperCase()}`] = one.environment[1];
            target[key] = one.environment[0];
            from[one.path] = 'environment';
          }
          if (one.flag !== undefined) {
            flags.push({ path: one.path, flag: `--${key}`, text: one.flag[1] });
            target[key] = one.flag[0];
            from[one.path] = 'flag';
          }
        }
        writeFileSync(file, asJson ? JSON.stringify(inFile) : stringify(inFile));
        const gathered = gatherConfiguration(schema, {
          flags,
          environment,
          file: await readConfigurationFile(file),
        });
        expect(gathered.problems).toEqual([]);
        expect(gathered.settings).toEqual(expected);
        for (const [key, origin] of gathered.origins) expect(origin.from).toBe(from[key]);
      }),
      { numRuns: 300 },
    );
  });

  it('has a distinct variable for each key', () => {
    const variables = keysOf(schema).map(({ variable }) => variable);
    expect(variables).toContain('SHELFWRIGHT_SHELF_HEIGHT');
    expect(new Set(variables).size).toBe(variables.length);
  });
});

async function problemsOf(
  yaml: string | undefined,
  environment: Record<string, string> = {},
  flags: { path: string; flag: string; text: string }[] = [],
): Promise<readonly string[]> {
  const file = yaml === undefined ? undefined : await readConfigurationFile(fileOf('.yaml', yaml));
  const others = ['SHELFWRIGHT_CONFIG'];
  const { settings, problems } = gatherConfiguration(schema, {
    flags,
    environment,
    file,
    others,
    ...RENAMED,
  });
  expect(settings === undefined).toBe(problems.length > 0);
  return problems.map((problem) => problem.replace(/^.*\/file\.yaml/, 'file.yaml'));
}

describe('a mistake in the file is reported with its line', () => {
  it.each([
    [
      'shelf:\n  # tall\n  height: 901',
      'file.yaml, line 3: shelf.height: expected a whole number from 1 to 900, found 901.',
    ],
    [
      'shelf: {\n  height: "9"}',
      'file.yaml, line 2: shelf.height: expected a whole number from 1 to 900, found "9".',
    ],
    [
      'shelf:\n  height:',
      'file.yaml, line 2: shelf.height: expected a whole number from 1 to 900, found null.',
    ],
    [
      'shelf:\n  slope: -1',
      'file.yaml, line 2: shelf.slope: expected a number above -1 and of at most 1, found -1.',
    ],
    ['shelf:\n  wood: elm', 'file.yaml, line 2: shelf.wood: expected "oak" or "ash", found "elm".'],
    ['shelf:\n  open: yes', 'file.yaml, line 2: shelf.open: expected true or false, found "yes".'],
    [
      'label:\n  sizes: [1, -2]',
      'file.yaml, line 2: label.sizes: expected a list, each a whole number of at least 0, found [1,-2].',
    ],
    [
      'label:\n  webhook: https//me:pw@x',
      'file.yaml, line 2: label.webhook: expected a URL or null, found "***".',
    ],
    [
      'label:\n  words: [a, "b;"]',
      'file.yaml, line 2: label.words: expected words without a semicolon, found ["a","b;"].',
    ],
    ['label:\n  text: twice', 'label.words: two words go with twice.'],
    ['\n\nshelve:\n  height: 3', 'file.yaml, line 3: there is no shelve; the nearest is shelf.'],
    ['shelf:\n  heigth: 3', 'file.yaml, line 2: there is no shelf.heigth; the nearest is shelf.height.'],
    ['label:\n  height: 3', 'file.yaml, line 2: there is no label.height; the nearest is shelf.height.'],
    ['height: 3', 'file.yaml, line 1: there is no height; the nearest is shelf.height.'],
    ['__proto__: {}', 'file.yaml, line 1: there is no __proto__; the nearest is shelf.slope.'],
    ['shelf: 3', 'file.yaml, line 1: shelf: expected keys such as height, found 3.'],
    ['- shelf', 'file.yaml: expected sections such as server, found a list of 1.'],
    [
      'shelf:\n  height: 3\n  height: 4',
      'file.yaml, line 3: not readable YAML: Map keys must be unique; correct it.',
    ],
  ])('%j', async (yaml, problem) => {
    expect(await problemsOf(yaml)).toEqual([problem]);
  });

  it('also invalid YAML, nesting and alias bombs, and values that contain themselves', async () => {
    const aliases = (count: number) =>
      `a: &a [${'1,'.repeat(99)}]\nb: &b [${'*a,'.repeat(count)}]\nc: [${'*b,'.repeat(count)}]`;
    expect(await problemsOf('shelf:\n  height: [')).toEqual([
      expect.stringMatching(/^file\.yaml, line \d: not readable YAML: .*; correct it\.$/),
    ]);
    const stairs = Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
    for (const bomb of ['['.repeat(100_000), '- '.repeat(100_000), stairs]) {
      expect(await problemsOf(bomb)).toEqual([
        'file.yaml, line 1: nested or indented more than 400 deep, more than any file needs; write it flatter.',
      ]);
    }
    expect(await problemsOf(aliases(99))).toEqual([
      'file.yaml, line 1: more than 100 aliases (*name), more than any file needs; write it out.',
    ]);
    expect(await problemsOf(aliases(50))).toEqual([
      expect.stringMatching(/^file\.yaml, line 1: not readable YAML: .*alias.*; write it flatter\.$/),
    ]);
    for (const loop of ['shelf: &a\n  height: *a', 'label:\n  words: &a [*a]', 'label:\n  webhook: &a [*a]'])
      expect(await problemsOf(loop)).toEqual([
        'file.yaml: a value contains itself by an alias; write it out.',
      ]);
  });

  it('accepts an empty file, an empty section and only comments', async () => {
    expect(await problemsOf('')).toEqual([]);
    expect(await problemsOf('# nothing\n')).toEqual([]);
    expect(await problemsOf('shelf:\n  # height: 3\n')).toEqual([]);
  });

  it('reports a missing file', async () => {
    const { problem } = await readConfigurationFile('/nowhere/at.yaml');
    expect(problem).toMatch(
      /^The configuration \/nowhere\/at\.yaml cannot be read: .*; name a file that exists\.$/,
    );
  });
});

describe('a mistake in the environment is reported with its variable', () => {
  it.each([
    [
      { SHELFWRIGHT_SHELF_HEIGHT: 'tall' },
      "SHELFWRIGHT_SHELF_HEIGHT: expected a whole number from 1 to 900, found 'tall'.",
    ],
    [{ SHELFWRIGHT_SHELF_OPEN: 'ajar' }, "SHELFWRIGHT_SHELF_OPEN: expected true or false, found 'ajar'."],
    [{ SHELFWRIGHT_TALL: '0' }, "SHELFWRIGHT_TALL: expected a whole number from 1 to 900, found '0'."],
    [
      { SHELFWRIGHT_SHELF_HIGHT: '3' },
      'SHELFWRIGHT_SHELF_HIGHT: there is no such setting; the nearest is SHELFWRIGHT_SHELF_HEIGHT.',
    ],
    [
      { SHELFWRIGHT_HEIGHT: '3' },
      'SHELFWRIGHT_HEIGHT: there is no such setting; the nearest is SHELFWRIGHT_SHELF_HEIGHT.',
    ],
    [
      { SHELFWRIGHT_HEIGHTS: '3' },
      'SHELFWRIGHT_HEIGHTS: there is no such setting; the nearest is SHELFWRIGHT_SHELF_HEIGHT.',
    ],
    [
      { SHELFWRIGHT_CONFIGS: '3' },
      'SHELFWRIGHT_CONFIGS: there is no such setting; the nearest is SHELFWRIGHT_CONFIG.',
    ],
    [
      { SHELFWRIGHT_LABEL_WEBHOOK: 'hooks.example.org/T0/secret' },
      "SHELFWRIGHT_LABEL_WEBHOOK: expected a URL or null, found '***'.",
    ],
  ])('%j', async (environment, problem) => {
    expect(await problemsOf(undefined, environment)).toEqual([problem]);
  });

  it('ignores empty variables, those of other programs, and container links', async () => {
    const environment = {
      SHELFWRIGHT_SHELF_HEIGHT: ' ',
      SHELFWRIGHT_CONFIG: 'a.yaml',
      SHELFWRIGHT_SERVICE_HOST: '10.0.0.1',
      SHELFWRIGHT_SERVICE_PORT: '3000',
      SHELFWRIGHT_SERVICE_PORT_HTTP: '3000',
      SHELFWRIGHT_PORT: 'tcp://10.0.0.1:3000',
      SHELFWRIGHT_PORT_3000_TCP: 'tcp://10.0.0.1:3000',
      SHELFWRIGHT_PORT_3000_TCP_ADDR: '10.0.0.1',
      SHELFWRIGHTY: '1',
    };
    expect(await problemsOf(undefined, environment)).toEqual([]);
    expect(await problemsOf(undefined, { SHELFWRIGHT_PORT: '3000' })).toHaveLength(1);
  });
});

describe('a renamed key', () => {
  async function gathered(yaml: string | undefined, environment: Record<string, string>) {
    const file = yaml === undefined ? undefined : await readConfigurationFile(fileOf('.yaml', yaml));
    const { settings, problems, warnings, origins } = gatherConfiguration(schema, {
      flags: [],
      environment,
      file,
      ...RENAMED,
    });
    const local = (text: string): string => text.replace(/^.*\/file\.yaml/, 'file.yaml');
    return {
      height: settings?.shelf.height,
      place: local(origins.get('shelf.height')?.place ?? ''),
      problems: problems.map(local),
      warnings: warnings.map(local),
    };
  }

  it('still works in the file, with a warning that names the new key', async () => {
    expect(await gathered('shelf:\n  tallness: 3', {})).toEqual({
      height: 3,
      place: 'file.yaml, line 2',
      problems: [],
      warnings: [
        'file.yaml, line 2: shelf.tallness is now called shelf.height: rename it, the next version refuses the old name.',
      ],
    });
  });

  it.each(['SHELFWRIGHT_SHELF_TALLNESS', 'SHELFWRIGHT_TALL'])('still works as %s', async (variable) => {
    expect(await gathered(undefined, { [variable]: '3' })).toEqual({
      height: 3,
      place: variable,
      problems: [],
      warnings: [
        `${variable} is now called SHELFWRIGHT_SHELF_HEIGHT: rename it, the next version refuses the old name.`,
      ],
    });
  });

  it('yields to the new name in the same source, and the warning says so', async () => {
    expect(await gathered('shelf:\n  height: 4\n  tallness: 3', {})).toMatchObject({
      height: 4,
      place: 'file.yaml, line 2',
      warnings: [
        'file.yaml, line 3: shelf.tallness is now called shelf.height, which is also given and counts: remove shelf.tallness.',
      ],
    });
    const both = { SHELFWRIGHT_SHELF_TALLNESS: '3', SHELFWRIGHT_SHELF_HEIGHT: '4' };
    expect(await gathered(undefined, both)).toMatchObject({
      height: 4,
      place: 'SHELFWRIGHT_SHELF_HEIGHT',
      warnings: [
        'SHELFWRIGHT_SHELF_TALLNESS is now called SHELFWRIGHT_SHELF_HEIGHT, which is also given and counts: remove SHELFWRIGHT_SHELF_TALLNESS.',
      ],
    });
  });

  it('keeps the order of the sources: an old variable overrides the file', async () => {
    expect(await gathered('shelf:\n  height: 4', { SHELFWRIGHT_SHELF_TALLNESS: '3' })).toMatchObject({
      height: 3,
      warnings: [expect.stringContaining('is now called SHELFWRIGHT_SHELF_HEIGHT: rename it')],
    });
  });

  it('is checked by the name it was given', async () => {
    expect((await gathered('shelf:\n  tallness: 0', {})).problems).toEqual([
      'file.yaml, line 2: shelf.tallness: expected a whole number from 1 to 900, found 0.',
    ]);
  });

  it('needs no warning where the variable is empty or the new name is used', async () => {
    expect((await gathered('shelf:\n  height: 3', { SHELFWRIGHT_TALL: ' ' })).warnings).toEqual([]);
  });
});

describe('every value is checked', () => {
  it('also one that another overrides, and every mistake is reported', async () => {
    const problems = await problemsOf('shelf:\n  height: 0\n  slope: x', { SHELFWRIGHT_SHELF_HEIGHT: '7' }, [
      { path: 'shelf.slope', flag: '--slope', text: 'steep' },
    ]);
    expect(problems).toEqual([
      'file.yaml, line 2: shelf.height: expected a whole number from 1 to 900, found 0.',
      'file.yaml, line 3: shelf.slope: expected a number above -1 and of at most 1, found "x".',
      "--slope takes a number above -1 and of at most 1, found 'steep'.",
    ]);
  });
});
