/** Rooms from the innermost outwards; a room may know those of earlier rows, never its neighbours in a row. */
const ROWS = [
  ['domain'],
  ['taxonomy', 'formats'],
  ['store', 'embed', 'index'],
  ['enrich', 'search', 'audit'],
  ['pipeline'],
  ['http', 'cli'],
];

/** The command line starts the server, so it knows that face; the server does not know the command line. */
const EXCEPTIONS = { cli: ['http'] };

const forbidden = ROWS.flatMap((row, level) =>
  row.map((room) => {
    const inner = ROWS.slice(0, level).flat();
    const allowed = [room, ...inner, ...(EXCEPTIONS[room] ?? [])];
    return {
      name: `${room}-knows-only-inner-rooms`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...forbidden,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-does-no-io',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: '^(node:)?(fs|net|http|worker_threads|child_process)' },
    },
    { name: 'no-test-in-src', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|scripts)/' } },
    {
      name: 'no-vague-rooms',
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
    { name: 'not-to-nothing', severity: 'error', from: {}, to: { couldNotResolve: true } },
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
