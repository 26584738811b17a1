import { readdirSync } from 'node:fs';
import path from 'node:path';
import { sentenceOf } from '../../src/domain/errors.js';
import type { FaultPoint } from '../../src/domain/faultPoint.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { checkGeneration } from '../../src/index/generation/checkGeneration.js';
import { startShelfwright } from '../../test/support/runShelfwright.js';
import { must, whereIn, wholeRow, withCopy, withMadeUpShop } from './madeUpShop.js';
import { answersOf, differing, json, mustServe, startServing } from './served.js';
import type { Torture } from './torture.js';

/** Every step of a reindex, with how often it is passed, so that each passing is tried. */
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
const LONGEST_MS = 2500;
/** How often a service looks whether another generation serves, and time to spare. */
const SWITCH_MS = 60_000;

/** What lies beside the generations while a service serves, which holds its lock by SQLite's journal. */
const LOCKS = ['.reindex.lock', '.jobs.lock', '.monitor.lock'];
const LIVING = ['current', ...LOCKS, ...LOCKS.map((lock) => `${lock}-journal`)];
const STORED = ['store.sqlite', 'store.sqlite-wal', 'store.sqlite-shm', 'enricher.bin', '.import.lock'];

type Say = (what: string) => void;
interface Figures extends Record<string, number> {
  kills: number;
  'ended before': number;
  'changed answers': number;
  halves: number;
  leftovers: number;
}

/**
 * Twice a round, once at a random moment and once at a named step, a reindex is killed beside a service that serves.
 * That one and a fresh one must answer as before, or as after the next run where the switch was done; nothing half
 * may be listed, and the next run leaves nothing of the killed one.
 */
export const tortureReindexKills: Torture = ({ rounds, seed: first, tell }) =>
  withMadeUpShop(3, async (shop) => {
    const broken: { seed: number; what: string }[] = [];
    const figures: Figures = { kills: 0, 'ended before': 0, 'changed answers': 0, halves: 0, leftovers: 0 };
    for (let seed = first; seed < first + rounds; seed++) {
      const fault = FAULTS[seed % FAULTS.length] ?? '';
      const delay = Math.round(seededRandom(seed)() * LONGEST_MS);
      for (const [how, environment, after] of [
        [`after ${delay} ms`, {}, delay],
        [`at ${fault}`, { SHELFWRIGHT_FAULT: fault }, undefined],
      ] as const) {
        await withCopy(shop, (copy) =>
          killOnce(copy, seed, { environment, after }, figures, (what) => {
            broken.push({ seed, what: `killed ${how}: ${what}` });
            tell(`seed ${seed}, killed ${how}: ${what}`);
          }),
        );
      }
      if ((seed - first + 1) % 10 === 0) tell(`${seed - first + 1} of ${rounds}, ${figures.kills} kills`);
    }
    return { figures, broken };
  });

interface Kill {
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds; undefined where it kills itself. */
  readonly after: number | undefined;
}

async function killOnce(copy: string, seed: number, kill: Kill, figures: Figures, say: Say): Promise<void> {
  const server = await mustServe(copy);
  try {
    await writeSome(server.address, seed);
    const before = await answersOf(server.address);
    const killed = await killedReindex(copy, kill);
    figures[killed ? 'kills' : 'ended before']++;
    if (!killed && kill.after === undefined) say('that step was not passed');
    const seen = [{ from: 'the same service', answers: await answersOf(server.address) }];
    const fresh = await startServing(copy);
    if (fresh.address === undefined) say(`no service starts: ${fresh.why}`);
    else {
      seen.push({ from: 'a fresh service', answers: await answersOf(fresh.address) });
      await fresh.kill();
    }
    for (const half of await halves(copy)) {
      figures.halves++;
      say(half);
    }
    const next: unknown = JSON.parse(await must(['reindex', '--json', ...whereIn(copy)]));
    await switched(server.address, next);
    const after = await answersOf(server.address);
    for (const { from, answers } of seen) {
      const changed = differing(answers, before);
      if (changed === undefined || differing(answers, after) === undefined) continue;
      figures['changed answers']++;
      say(`${from} answers ${changed} neither as before nor as the next run does`);
    }
    for (const left of leftovers(copy)) {
      figures.leftovers++;
      say(`after the next run there is still ${left}`);
    }
  } finally {
    await server.kill();
  }
}

/** New products, new texts and prices, so that a reindex has something to embed, to learn and to write. */
async function writeSome(address: string, seed: number): Promise<void> {
  const rows = Array.from({ length: 12 }, (_, place) =>
    wholeRow(place < 4 ? `p-${place * 5}` : `n-${place}`, seed + place * 7, `edition ${place} `),
  );
  const response = await fetch(`${address}/v1/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  if (!response.ok) throw new Error(`the products were answered ${response.status}`);
}

/** Whether the reindex was killed; false where it came to its end before. */
async function killedReindex(copy: string, { environment, after }: Kill): Promise<boolean> {
  const { child, ended } = startShelfwright(['reindex', ...whereIn(copy)], environment);
  const moment = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  await ended;
  clearTimeout(moment);
  return child.signalCode === 'SIGKILL';
}

/** A sentence for each generation listed that is not whole. */
async function halves(copy: string): Promise<string[]> {
  const listed: unknown = JSON.parse(await must(['generations', '--json', ...whereIn(copy)]));
  const indexes = path.join(copy, 'indexes');
  // Whatever has a generation's name is listed, or would be tried where the others are damaged.
  const ids = readdirSync(indexes).filter((name) => /^\d/.test(name));
  const found: string[] = [];
  if (!Array.isArray(listed) || listed.length !== ids.length)
    found.push(`${ids.length} generations lie there and ${JSON.stringify(listed)} are listed`);
  for (const id of ids) await checkGeneration(indexes, id).catch((error) => found.push(sentenceOf(error)));
  return found;
}

/** Waits until the service serves what the report of a reindex names. */
async function switched(address: string, report: unknown): Promise<void> {
  const id = typeof report === 'object' && report !== null && 'generation' in report && report.generation;
  for (const started = Date.now(); Date.now() - started < SWITCH_MS; ) {
    if ((await json(`${address}/health/ready`)).generation === id) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the service did not switch to ${String(id)}`);
}

function leftovers(copy: string): string[] {
  const data = readdirSync(path.join(copy, 'data')).filter((name) => !STORED.includes(name));
  const indexes = path.join(copy, 'indexes');
  const names = readdirSync(indexes);
  const generations = names.filter((name) => /^\d/.test(name));
  const strange = names.filter((name) => !generations.includes(name) && !LIVING.includes(name));
  const within = generations.flatMap((id) =>
    readdirSync(path.join(indexes, id)).filter((name) => !/^[a-z-]+\.(?:bin|json|hnsw|f32)$/.test(name)),
  );
  const many = generations.length > 3 ? [`a generation too many: ${generations.join(', ')}`] : [];
  return [...data, ...strange, ...within, ...many];
}
