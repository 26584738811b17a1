import { parseArgs } from 'node:util';
import { testBackups } from './torture/backups.js';
import { testDiskFull } from './torture/diskFull.js';
import { testEngineKills } from './torture/engineKills.js';
import { testEngineNodes } from './torture/engineNodes.js';
import { testEventKills } from './torture/eventKills.js';
import type { FaultTest, FaultTestResult } from './torture/faultTest.js';
import { testFlippedBytes } from './torture/flippedBytes.js';
import { testFuzzImporters } from './torture/fuzzImporters.js';
import { testFuzzRoutes } from './torture/fuzzRoutes.js';
import { testLoad } from './torture/load.js';
import { testReindexKills } from './torture/reindexKills.js';
import { testServerKills } from './torture/serverKills.js';
import { testSoak } from './torture/soak.js';
import { testStall } from './torture/stall.js';

/** Each fault-injection test with its default number of rounds. */
const TESTS: Readonly<Record<string, readonly [FaultTest, number]>> = {
  serverKills: [testServerKills, 100],
  eventKills: [testEventKills, 50],
  reindexKills: [testReindexKills, 50],
  flippedBytes: [testFlippedBytes, 55],
  backups: [testBackups, 20],
  diskFull: [testDiskFull, 50],
  load: [testLoad, 10],
  soak: [testSoak, 60],
  fuzzRoutes: [testFuzzRoutes, 20_000],
  stall: [testStall, 1000],
  fuzzImporters: [testFuzzImporters, 10_000],
  engineKills: [testEngineKills, 20],
  engineNodes: [testEngineNodes, 3],
};
/** Tests that run only where they are named: one needs `--engine` with the address of a node, one starts a cluster. */
const ONLY_NAMED = new Set(['engineKills', 'engineNodes']);

/**
 * `npm run test:torture [-- <name>... --rounds N --seed S --engine URL]`: runs the named fault-injection tests, or all. A
 * violated guarantee is printed with the command that replays its round; the exit code is then 1.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string' },
  },
});
// The exit handlers stop the child processes.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const unknown = positionals.find((name) => !(name in TESTS));
const [rounds, seed] = [Number(values.rounds ?? '1'), Number(values.seed)];
if (unknown !== undefined || !(Number.isInteger(rounds) && rounds > 0) || !Number.isInteger(seed)) {
  console.error(
    unknown === undefined
      ? '--rounds takes a whole number above 0, and --seed a whole number.'
      : `There is no test '${unknown}'; there are ${Object.keys(TESTS).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  const all = Object.keys(TESTS).filter((name) => !ONLY_NAMED.has(name));
  await runTests(positionals.length === 0 ? all : positionals);
}

async function runTests(names: readonly string[]): Promise<void> {
  const lines: string[] = [];
  for (const name of names) {
    const [test, usualRounds] = TESTS[name] ?? [];
    if (test === undefined || usualRounds === undefined) continue;
    const count = values.rounds === undefined ? usualRounds : rounds;
    console.log(`${name}: ${count} rounds, seeds ${seed} to ${seed + count - 1}`);
    const started = performance.now();
    const { engine } = values;
    const result = await test({ rounds: count, seed, engine, log: (line) => console.log(`  ${line}`) });
    lines.push(summary(name, count, (performance.now() - started) / 1000, result));
    for (const { seed: roundSeed, what } of result.violations) {
      console.error(`  FAILED ${what}`);
      console.error(`    replay: npm run test:torture -- ${name} --rounds 1 --seed ${roundSeed}`);
      process.exitCode = 1;
    }
  }
  console.log(`\n${lines.join('\n')}`);
}

function summary(
  name: string,
  count: number,
  seconds: number,
  { figures, violations }: FaultTestResult,
): string {
  const shown = Object.entries(figures).map(([what, figure]) => `${what} ${figure}`);
  const outcome = violations.length === 0 ? 'passed' : `FAILED ${violations.length}`;
  return `${name.padEnd(14)} ${outcome}  ${count} rounds, ${seconds.toFixed(0)} s: ${shown.join(', ')}`;
}
