import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { FILES } from '../../src/index/generation/generationFiles.js';
import { runShelfwright } from '../../test/support/runShelfwright.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { flipBit, POSITIONS } from './flipBit.js';
import { completeRow, runOrThrow, whereIn, withCopy, withGeneratedCatalog } from './generatedCatalog.js';
import { answersOf, firstDifference, idsInOrder, json, startOrThrow, startService } from './searchService.js';

/** A file written by hand, in which a flipped bit may be another valid value. */
const SYNONYMS = 'format: 1\nsynonyms:\n  - beaker, mug\n  - timepiece => clock\n';

/**
 * Flips one bit of one file per round: each file of the current generation, `current`, the trained enricher and the
 * synonyms, at the first and last byte, in the header and anywhere; every fifth pass without another generation to fall
 * back to. Guarantees: a service starts, gives the same answers and reports the damage; commands work too; a reindex
 * repairs everything.
 */
export const testFlippedBytes: FaultTest = requireProgress(
  { always: ['flips'] },
  ({ rounds, seed: first, log, catalog }) =>
    withGeneratedCatalog(
      2,
      async (original) => {
        writeFileSync(path.join(original, 'data', 'synonyms.yaml'), SYNONYMS);
        const reference = await referenceOf(original);
        const violations: { seed: number; what: string }[] = [];
        const figures = {
          flips: 0,
          'wrong answers': 0,
          'broken starts': 0,
          'not reported': 0,
          'not repaired': 0,
        };
        const files = filesOf(original);
        for (let seed = first; seed < first + rounds; seed++) {
          const file = files[seed % files.length] ?? '';
          const pass = Math.floor(seed / files.length) % (POSITIONS + 1);
          const random = seededRandom(seed);
          const alone = pass === POSITIONS && isInGeneration(file);
          await withCopy(original, async (copy) => {
            if (alone) removeOthers(copy);
            const at = flipBit(path.join(copy, file), Math.min(pass, POSITIONS - 1), random);
            const about = `${path.basename(file)} at ${at}${alone ? ', the only generation' : ''}`;
            const report = (figure: keyof typeof figures, what: string): void => {
              figures[figure]++;
              violations.push({ seed, what: `${about}: ${what}` });
              log(`seed ${seed}, ${about}: ${what}`);
            };
            figures.flips++;
            const handwritten = file.endsWith('.yaml');
            const server = await startService(copy);
            if (server.address === undefined) {
              report('broken starts', `the service did not start: ${server.why}`);
              return;
            }
            try {
              const { reasons } = readiness.parse(await json(`${server.address}/health/ready`));
              if (isInIndexes(file) && reasons.length === 0 && !(await isHarmless(copy, file)))
                report('not reported', 'the service does not report the damage');
              const answers = await answersOf(server.address);
              // Without another generation the search may be lexical only, but every product must be found.
              const wrong = alone
                ? firstDifference([idsInOrder(answers)], [idsInOrder(reference.answers)])
                : firstDifference(answers, reference.answers);
              if (wrong !== undefined && !handwritten)
                report('wrong answers', `the answer to ${wrong} differs`);
              const facts = await enriched(server.address);
              if (facts !== reference.facts && facts !== undefined)
                report('wrong answers', 'the facts of a product differ');
              if (facts === undefined && !file.endsWith('enricher.bin'))
                report('wrong answers', 'a product cannot be enriched');
            } finally {
              await server.kill();
            }
            const list = await runShelfwright(['generations', '--json', ...whereIn(copy)]);
            if (list.code !== 0)
              report('broken starts', `generations exits with ${list.code}: ${list.stderr}`);
            const search = await runShelfwright(['search', 'red mug', '--json', ...whereIn(copy)]);
            if (search.code !== 0)
              report('broken starts', `search exits with ${search.code}: ${search.stderr}`);
            else if (!handwritten && !alone && idsOf(search.stdout) !== reference.ids)
              report('wrong answers', 'search on the command line has other hits');
            const recovered = await runShelfwright(['reindex', ...whereIn(copy)]);
            if (recovered.code !== 0) {
              report('not repaired', `reindex exits with ${recovered.code}: ${recovered.stderr}`);
              return;
            }
            const repaired = await startOrThrow(copy);
            try {
              if (
                !handwritten &&
                firstDifference(await answersOf(repaired.address), reference.recovered) !== undefined
              )
                report('not repaired', 'the answers differ after a reindex');
              if ((await enriched(repaired.address)) !== reference.learned)
                report('not repaired', 'the facts of a product differ after a reindex');
            } finally {
              await repaired.kill();
            }
          });
          if ((seed - first + 1) % 10 === 0) log(`${seed - first + 1} of ${rounds}`);
        }
        return { figures, violations };
      },
      catalog,
    ),
);

const readiness = z.object({ reasons: z.array(z.string()) });

interface Reference {
  readonly answers: string[];
  readonly recovered: string[];
  /** The facts after a reindex, which also learns from the delta. */
  readonly learned: string | undefined;
  readonly ids: string;
  readonly facts: string | undefined;
}

/** Writes products that only the delta has, and records the answers of the undamaged service. */
async function referenceOf(folder: string): Promise<Reference> {
  const server = await startOrThrow(folder);
  const rows = Array.from({ length: 6 }, (_, index) =>
    completeRow(index < 3 ? `p-${index}` : `n-${index}`, index * 9, 'new '),
  );
  await fetch(`${server.address}/v1/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  await fetch(`${server.address}/v1/products/p-7`, { method: 'DELETE' });
  const [answers, facts] = [await answersOf(server.address), await enriched(server.address)];
  await server.kill();
  const ids = idsOf(await runOrThrow(['search', 'red mug', '--json', ...whereIn(folder)]));
  const after = async (change: (copy: string) => Promise<void>) =>
    withCopy(folder, async (copy) => {
      await change(copy);
      const changed = await startOrThrow(copy);
      try {
        return { answers: await answersOf(changed.address), facts: await enriched(changed.address) };
      } finally {
        await changed.kill();
      }
    });
  const recovered = await after(async (copy) => void (await runOrThrow(['reindex', ...whereIn(copy)])));
  return { answers, recovered: recovered.answers, learned: recovered.facts, ids, facts };
}

function filesOf(folder: string): string[] {
  const current = path.join('indexes', currentOf(folder));
  return [
    ...readdirSync(path.join(folder, current)).map((name) => path.join(current, name)),
    path.join('indexes', 'current'),
    path.join('data', 'enricher.bin'),
    path.join('data', 'synonyms.yaml'),
  ];
}

function currentOf(folder: string): string {
  return readFileSync(path.join(folder, 'indexes', 'current'), 'utf8').trim();
}

function isInIndexes(file: string): boolean {
  return file.startsWith('indexes');
}

function isInGeneration(file: string): boolean {
  return isInIndexes(file) && !file.endsWith('current');
}

/**
 * Only building reads the graph in hnswlib's format, and checks it. A flipped line end after the id may still be white
 * space, so that `current` names the same generation.
 */
async function isHarmless(copy: string, file: string): Promise<boolean> {
  if (file.endsWith(FILES.graph)) return true;
  return file.endsWith('current') && existsSync(path.join(copy, 'indexes', currentOf(copy)));
}

function removeOthers(copy: string): void {
  for (const name of readdirSync(path.join(copy, 'indexes')))
    if (/^\d/.test(name) && name !== currentOf(copy))
      rmSync(path.join(copy, 'indexes', name), { recursive: true });
}

/** The facts of a product that is not stored; undefined if the service reports that it cannot enrich. */
async function enriched(address: string): Promise<string | undefined> {
  const response = await fetch(`${address}/v1/enrich`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ id: 'ask', title: 'Green kettle for two' }]),
  });
  const body = await response.text();
  if (response.status === 503) return undefined;
  if (!response.ok) throw new Error(`enrich answered ${response.status}: ${body}`);
  return body;
}

function idsOf(printed: string): string {
  const { hits } = z.object({ hits: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(printed));
  return hits.map(({ id }) => id).join(' ');
}
