/** Folders from the innermost outwards. A folder may import those of earlier rows, never its neighbours in a row. */
const ROWS = [
  ['structures', 'statistics'],
  ['text'],
  ['domain'],
  ['taxonomy', 'formats'],
  ['store', 'embed', 'index'],
  ['enrich', 'search', 'audit', 'events'],
  ['learning', 'opensearch'],
  ['configuration', 'experiments'],
  ['catalog'],
  ['service'],
  ['http'],
  ['cli'],
];

const forbidden = ROWS.flatMap((row, level) =>
  row.map((folder) => {
    const inner = ROWS.slice(0, level).flat();
    const allowed = [folder, ...inner];
    return {
      name: `${folder}-imports-only-inner-folders`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
    };
  }),
);

/**
 * Folders inside `enrich`, each with the sibling folders that it may import. All may import the contract in the
 * folder's root (`enricher`, `proposal`, `rejectedValues`, ...).
 */
const ENRICH = {
  features: [],
  describe: ['features'],
  context: ['features'],
  tag: ['features', 'context'],
  calibration: ['features'],
  propose: ['features', 'context', 'tag'],
  learn: ['features', 'context', 'tag', 'propose', 'calibration'],
  persistence: ['features', 'context', 'tag', 'propose', 'calibration'],
};

const insideEnrich = Object.entries(ENRICH).map(([folder, siblings]) => ({
  name: `enrich-${folder}-imports-only-inner-folders`,
  severity: 'error',
  from: { path: `^src/enrich/${folder}/` },
  to: { path: '^src/enrich/[^/]+/', pathNot: `^src/enrich/(${[folder, ...siblings].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...forbidden,
    ...insideEnrich,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-folders-do-no-io',
      severity: 'error',
      from: { path: '^src/(structures|statistics|text|domain)/' },
      to: { path: '^(node:)?(fs|net|http|worker_threads|child_process)' },
    },
    { name: 'no-test-in-src', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|scripts)/' } },
    {
      name: 'no-vague-folders',
      severity: 'error',
      from: {},
      to: { path: '^src/.*(utils|helpers|common|core|misc)(/|\\.)' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
    {
      name: 'not-to-nothing',
      severity: 'error',
      from: {},
      // Node 20 has better-sqlite3 12 under another name (see src/store/sqlite.ts).
      to: { couldNotResolve: true, pathNot: '^better-sqlite3$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|build)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
