import { readdirSync } from 'node:fs';
import path from 'node:path';
import { sentenceOf } from '../../src/domain/errors.js';
import type { FaultPoint } from '../../src/domain/faultPoint.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { checkGeneration } from '../../src/index/generation/checkGeneration.js';
import { startShelfwright } from '../../test/support/runShelfwright.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { completeRow, runOrThrow, whereIn, withCopy, withGeneratedCatalog } from './generatedCatalog.js';
import { answersOf, firstDifference, json, startOrThrow, startService } from './searchService.js';

/** Every fault point of a reindex, with the number of times that a reindex passes it. */
const STEPS: readonly (readonly [FaultPoint, number])[] = [
  ['reindex.locked', 1],
  ['generation.staged', 1],
  ['reindex.embedded', 1],
  ['store.commit', 1],
  ['store.committed', 1],
  ['enrich.written', 1],
  ['enricher.written', 1],
  ['enricher.renamed', 1],
  ['graph.written', 1],
  ['generation.file', 6],
  ['generation.manifest', 1],
  ['generation.checked', 1],
  ['generation.renamed', 1],
  ['current.written', 1],
  ['current.renamed', 1],
  ['generation.aside', 1],
  ['generation.removed', 1],
  ['reindex.pruned', 1],
];
const FAULTS = STEPS.flatMap(([point, times]) =>
  Array.from({ length: times }, (_, time) => `${point}:${time + 1}`),
);
const MAX_DELAY_MS = 2500;
/** Maximum time until a service switches to another generation. */
const MAX_SWITCH_MS = 60_000;

/** Files beside the generations while a service runs; it holds its locks with SQLite journals. */
const LOCKS = ['.reindex.lock', '.jobs.lock', '.monitor.lock'];
const EXPECTED_INDEX_FILES = ['current', ...LOCKS, ...LOCKS.map((lock) => `${lock}-journal`)];
const EXPECTED_DATA_FILES = [
  'store.sqlite',
  'store.sqlite-wal',
  'store.sqlite-shm',
  'enricher.bin',
  '.import.lock',
];

type Report = (what: string) => void;
interface Figures extends Record<string, number> {
  kills: number;
  'finished before': number;
  'changed answers': number;
  'partial generations': number;
  leftovers: number;
}

/**
 * Kills a reindex beside a running service twice per round, at a random time and at a fault point. Guarantees: the
 * service and a new one answer as before, or as after the next run if the switch was done; no partial generation is
 * listed; the next run removes all leftovers.
 */
export const testReindexKills: FaultTest = requireProgress(
  { always: [], usually: ['kills'] },
  ({ rounds, seed: first, log, catalog }) =>
    withGeneratedCatalog(
      3,
      async (folder) => {
        const violations: { seed: number; what: string }[] = [];
        const figures: Figures = {
          kills: 0,
          'finished before': 0,
          'changed answers': 0,
          'partial generations': 0,
          leftovers: 0,
        };
        for (let seed = first; seed < first + rounds; seed++) {
          const fault = FAULTS[seed % FAULTS.length] ?? '';
          const delay = Math.round(seededRandom(seed)() * MAX_DELAY_MS);
          for (const [how, environment, after] of [
            [`after ${delay} ms`, {}, delay],
            [`at ${fault}`, { SHELFWRIGHT_FAULT: fault }, undefined],
          ] as const) {
            await withCopy(folder, (copy) =>
              killOnce(copy, seed, { environment, after }, figures, (what) => {
                violations.push({ seed, what: `killed ${how}: ${what}` });
                log(`seed ${seed}, killed ${how}: ${what}`);
              }),
            );
          }
          if ((seed - first + 1) % 10 === 0) log(`${seed - first + 1} of ${rounds}, ${figures.kills} kills`);
        }
        return { figures, violations };
      },
      catalog,
    ),
);

interface Kill {
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds; undefined if the process kills itself at a fault point. */
  readonly after: number | undefined;
}

async function killOnce(
  copy: string,
  seed: number,
  kill: Kill,
  figures: Figures,
  report: Report,
): Promise<void> {
  const server = await startOrThrow(copy);
  try {
    await writeSome(server.address, seed);
    const before = await answersOf(server.address);
    const killed = await killedReindex(copy, kill);
    figures[killed ? 'kills' : 'finished before']++;
    if (!killed && kill.after === undefined) report('the fault point was not reached');
    const seen = [{ from: 'the same service', answers: await answersOf(server.address) }];
    const second = await startService(copy);
    if (second.address === undefined) report(`no service starts: ${second.why}`);
    else {
      seen.push({ from: 'a new service', answers: await answersOf(second.address) });
      await second.kill();
    }
    for (const partial of await partialGenerations(copy)) {
      figures['partial generations']++;
      report(partial);
    }
    const next: unknown = JSON.parse(await runOrThrow(['reindex', '--json', ...whereIn(copy)]));
    await switched(server.address, next);
    const after = await answersOf(server.address);
    for (const { from, answers } of seen) {
      const changed = firstDifference(answers, before);
      if (changed === undefined || firstDifference(answers, after) === undefined) continue;
      figures['changed answers']++;
      report(`${from} answers ${changed} neither as before nor as after the next run`);
    }
    for (const left of leftovers(copy)) {
      figures.leftovers++;
      report(`leftover after the next run: ${left}`);
    }
  } finally {
    await server.kill();
  }
}

/** Writes new products, texts and prices, so that a reindex has something to embed, learn and write. */
async function writeSome(address: string, seed: number): Promise<void> {
  const rows = Array.from({ length: 12 }, (_, index) =>
    completeRow(index < 4 ? `p-${index * 5}` : `n-${index}`, seed + index * 7, `edition ${index} `),
  );
  const response = await fetch(`${address}/v1/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  if (!response.ok) throw new Error(`the write was answered ${response.status}`);
}

/** Whether the reindex was killed; false if it finished before. */
async function killedReindex(copy: string, { environment, after }: Kill): Promise<boolean> {
  const { child, ended } = startShelfwright(['reindex', ...whereIn(copy)], environment);
  const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  await ended;
  clearTimeout(timer);
  return child.signalCode === 'SIGKILL';
}

/** A sentence for each listed generation that is incomplete or damaged. */
async function partialGenerations(copy: string): Promise<string[]> {
  const listed: unknown = JSON.parse(await runOrThrow(['generations', '--json', ...whereIn(copy)]));
  const indexes = path.join(copy, 'indexes');
  // Every folder with the name of a generation must be listed, because it may be used as a fallback.
  const ids = readdirSync(indexes).filter((name) => /^\d/.test(name));
  const found: string[] = [];
  if (!Array.isArray(listed) || listed.length !== ids.length)
    found.push(`${ids.length} generation folders exist and ${JSON.stringify(listed)} are listed`);
  for (const id of ids) await checkGeneration(indexes, id).catch((error) => found.push(sentenceOf(error)));
  return found;
}

/** Waits until the service has switched to the generation in the report of a reindex. */
async function switched(address: string, report: unknown): Promise<void> {
  const id = typeof report === 'object' && report !== null && 'generation' in report && report.generation;
  for (const started = Date.now(); Date.now() - started < MAX_SWITCH_MS; ) {
    if ((await json(`${address}/health/ready`)).generation === id) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the service did not switch to ${String(id)}`);
}

function leftovers(copy: string): string[] {
  const data = readdirSync(path.join(copy, 'data')).filter((name) => !EXPECTED_DATA_FILES.includes(name));
  const indexes = path.join(copy, 'indexes');
  const names = readdirSync(indexes);
  const generations = names.filter((name) => /^\d/.test(name));
  const unexpected = names.filter(
    (name) => !generations.includes(name) && !EXPECTED_INDEX_FILES.includes(name),
  );
  const within = generations.flatMap((id) =>
    readdirSync(path.join(indexes, id)).filter((name) => !/^[a-z-]+\.(?:bin|json|hnsw|f32)$/.test(name)),
  );
  const many = generations.length > 3 ? [`too many generations: ${generations.join(', ')}`] : [];
  return [...data, ...unexpected, ...within, ...many];
}
