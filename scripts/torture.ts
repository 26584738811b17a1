import { parseArgs } from 'node:util';
import { tortureBackups } from './torture/backups.js';
import { tortureDiskFull } from './torture/diskFull.js';
import { tortureFlippedBytes } from './torture/flippedBytes.js';
import { tortureFuzzImporters } from './torture/fuzzImporters.js';
import { tortureFuzzRoutes } from './torture/fuzzRoutes.js';
import { tortureLoad } from './torture/load.js';
import { tortureReindexKills } from './torture/reindexKills.js';
import { tortureServerKills } from './torture/serverKills.js';
import { tortureSoak } from './torture/soak.js';
import type { Torture, Verdict } from './torture/torture.js';

/** Each trial, and how many rounds it runs unless told. */
const TRIALS: Readonly<Record<string, readonly [Torture, number]>> = {
  serverKills: [tortureServerKills, 100],
  reindexKills: [tortureReindexKills, 50],
  flippedBytes: [tortureFlippedBytes, 55],
  backups: [tortureBackups, 20],
  diskFull: [tortureDiskFull, 50],
  load: [tortureLoad, 10],
  soak: [tortureSoak, 60],
  fuzzRoutes: [tortureFuzzRoutes, 20_000],
  fuzzImporters: [tortureFuzzImporters, 10_000],
};

/**
 * `npm run test:torture [-- <name>... --rounds N --seed S]`: the named trials, or all. A promise that was broken is
 * printed with the command that replays its round, and ends the run with exit code 1.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
// Whoever stops a trial stops what it has started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const unknown = positionals.find((name) => !(name in TRIALS));
const [rounds, seed] = [Number(values.rounds ?? '1'), Number(values.seed)];
if (unknown !== undefined || !(Number.isInteger(rounds) && rounds > 0) || !Number.isInteger(seed)) {
  console.error(
    unknown === undefined
      ? '--rounds takes a whole number above 0 and --seed a whole number.'
      : `There is no trial '${unknown}'; there are ${Object.keys(TRIALS).join(', ')}.`,
  );
  process.exitCode = 2;
} else await runTrials(positionals.length === 0 ? Object.keys(TRIALS) : positionals);

async function runTrials(names: readonly string[]): Promise<void> {
  const lines: string[] = [];
  for (const name of names) {
    const [torture, usual] = TRIALS[name] ?? [];
    if (torture === undefined || usual === undefined) continue;
    const many = values.rounds === undefined ? usual : rounds;
    console.log(`${name}: ${many} rounds, seeds ${seed} to ${seed + many - 1}`);
    const started = performance.now();
    const verdict = await torture({ rounds: many, seed, tell: (line) => console.log(`  ${line}`) });
    lines.push(summary(name, many, (performance.now() - started) / 1000, verdict));
    for (const { seed: its, what } of verdict.broken) {
      console.error(`  BROKEN ${what}`);
      console.error(`    replay: npm run test:torture -- ${name} --rounds 1 --seed ${its}`);
      process.exitCode = 1;
    }
  }
  console.log(`\n${lines.join('\n')}`);
}

function summary(name: string, many: number, seconds: number, { figures, broken }: Verdict): string {
  const told = Object.entries(figures).map(([what, count]) => `${what} ${count}`);
  const outcome = broken.length === 0 ? 'kept ' : `BROKEN ${broken.length}`;
  return `${name.padEnd(14)} ${outcome}  ${many} rounds, ${seconds.toFixed(0)} s: ${told.join(', ')}`;
}
