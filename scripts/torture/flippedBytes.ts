import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { runShelfwright } from '../../test/support/runShelfwright.js';
import { flip, PLACES } from './flip.js';
import { must, whereIn, wholeRow, withCopy, withMadeUpShop } from './madeUpShop.js';
import { answersOf, browsed, differing, json, mustServe, startServing } from './served.js';
import type { Torture } from './torture.js';

/** What lies beside; some of it is written by hand, where another letter may well mean something else. */
const SYNONYMS = 'format: 1\nsynonyms:\n  - beaker, mug\n  - timepiece => clock\n';

/**
 * One byte of one file is flipped a round: each file of the generation that serves, `current`, what was learned, and
 * files beside, each at its first and last byte, in its header and anywhere; and every fifth time around without a
 * generation to give way to. A service must start and answer as if nothing were wrong, saying what is; so must the
 * commands, and a reindex mends it.
 */
export const tortureFlippedBytes: Torture = ({ rounds, seed: first, tell }) =>
  withMadeUpShop(2, async (shop) => {
    writeFileSync(path.join(shop, 'data', 'synonyms.yaml'), SYNONYMS);
    const reference = await referenceOf(shop);
    const broken: { seed: number; what: string }[] = [];
    const figures = { flips: 0, 'wrong answers': 0, 'broken starts': 0, 'not said': 0, 'not mended': 0 };
    const files = filesOf(shop);
    for (let seed = first; seed < first + rounds; seed++) {
      const file = files[seed % files.length] ?? '';
      const turn = Math.floor(seed / files.length) % (PLACES + 1);
      const random = seededRandom(seed);
      const alone = turn === PLACES && isOfGeneration(file);
      await withCopy(shop, async (copy) => {
        if (alone) removeOthers(copy);
        const at = flip(path.join(copy, file), Math.min(turn, PLACES - 1), random);
        const about = `${path.basename(file)} at ${at}${alone ? ', the only generation' : ''}`;
        const say = (figure: keyof typeof figures, what: string): void => {
          figures[figure]++;
          broken.push({ seed, what: `${about}: ${what}` });
          tell(`seed ${seed}, ${about}: ${what}`);
        };
        figures.flips++;
        const byHand = file.endsWith('.yaml');
        const server = await startServing(copy);
        if (server.address === undefined) {
          say('broken starts', `the service did not start: ${server.why}`);
          return;
        }
        try {
          const { reasons } = readiness.parse(await json(`${server.address}/health/ready`));
          if (isOfIndexes(file) && reasons.length === 0 && !(await isUnseen(copy, file)))
            say('not said', 'the service does not say that anything is wrong');
          const answers = await answersOf(server.address);
          // Where no generation is left, words may be all there is to search by; every product must still be there.
          const wrong = alone
            ? differing([browsed(answers)], [browsed(reference.answers)])
            : differing(answers, reference.answers);
          if (wrong !== undefined && !byHand) say('wrong answers', `${wrong} is answered otherwise`);
          const facts = await enriched(server.address);
          if (facts !== reference.facts && facts !== undefined)
            say('wrong answers', 'other facts are found for a product');
          if (facts === undefined && !file.endsWith('enricher.bin'))
            say('wrong answers', 'a product cannot be enriched');
        } finally {
          await server.kill();
        }
        const list = await runShelfwright(['generations', '--json', ...whereIn(copy)]);
        if (list.code !== 0) say('broken starts', `generations ends with ${list.code}: ${list.stderr}`);
        const search = await runShelfwright(['search', 'red mug', '--json', ...whereIn(copy)]);
        if (search.code !== 0) say('broken starts', `search ends with ${search.code}: ${search.stderr}`);
        else if (!byHand && !alone && idsOf(search.stdout) !== reference.ids)
          say('wrong answers', 'search on the command line finds something else');
        const recovered = await runShelfwright(['reindex', ...whereIn(copy)]);
        if (recovered.code !== 0) {
          say('not mended', `reindex ends with ${recovered.code}: ${recovered.stderr}`);
          return;
        }
        const whole = await mustServe(copy);
        try {
          if (!byHand && differing(await answersOf(whole.address), reference.recovered) !== undefined)
            say('not mended', 'the answers differ after a reindex');
          if ((await enriched(whole.address)) !== reference.learned)
            say('not mended', 'what was learned differs after a reindex');
        } finally {
          await whole.kill();
        }
      });
      if ((seed - first + 1) % 10 === 0) tell(`${seed - first + 1} of ${rounds}`);
    }
    return { figures, broken };
  });

const readiness = z.object({ reasons: z.array(z.string()) });

interface Reference {
  readonly answers: string[];
  readonly recovered: string[];
  /** What a reindex learns: the delta teaches, too. */
  readonly learned: string | undefined;
  readonly ids: string;
  readonly facts: string | undefined;
}

/** Writes some products that only the delta has, and takes the answers of the whole shop. */
async function referenceOf(shop: string): Promise<Reference> {
  const server = await mustServe(shop);
  const rows = Array.from({ length: 6 }, (_, place) =>
    wholeRow(place < 3 ? `p-${place}` : `n-${place}`, place * 9, 'new '),
  );
  await fetch(`${server.address}/v1/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  await fetch(`${server.address}/v1/products/p-7`, { method: 'DELETE' });
  const [answers, facts] = [await answersOf(server.address), await enriched(server.address)];
  await server.kill();
  const ids = idsOf(await must(['search', 'red mug', '--json', ...whereIn(shop)]));
  const after = async (change: (copy: string) => Promise<void>) =>
    withCopy(shop, async (copy) => {
      await change(copy);
      const changed = await mustServe(copy);
      try {
        return { answers: await answersOf(changed.address), facts: await enriched(changed.address) };
      } finally {
        await changed.kill();
      }
    });
  const recovered = await after(async (copy) => void (await must(['reindex', ...whereIn(copy)])));
  return { answers, recovered: recovered.answers, learned: recovered.facts, ids, facts };
}

function filesOf(shop: string): string[] {
  const serving = path.join('indexes', currentOf(shop));
  return [
    ...readdirSync(path.join(shop, serving)).map((name) => path.join(serving, name)),
    path.join('indexes', 'current'),
    path.join('data', 'enricher.bin'),
    path.join('data', 'synonyms.yaml'),
  ];
}

function currentOf(shop: string): string {
  return readFileSync(path.join(shop, 'indexes', 'current'), 'utf8').trim();
}

function isOfIndexes(file: string): boolean {
  return file.startsWith('indexes');
}

function isOfGeneration(file: string): boolean {
  return isOfIndexes(file) && !file.endsWith('current');
}

/** A line end after the id that became another blank names the same generation. */
async function isUnseen(copy: string, file: string): Promise<boolean> {
  return file.endsWith('current') && existsSync(path.join(copy, 'indexes', currentOf(copy)));
}

function removeOthers(copy: string): void {
  for (const name of readdirSync(path.join(copy, 'indexes')))
    if (/^\d/.test(name) && name !== currentOf(copy))
      rmSync(path.join(copy, 'indexes', name), { recursive: true });
}

/** The facts found for a product that is not stored; undefined where the service says that it cannot. */
async function enriched(address: string): Promise<string | undefined> {
  const response = await fetch(`${address}/v1/enrich`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ id: 'ask', title: 'Green kettle for two' }]),
  });
  const body = await response.text();
  if (response.status === 503) return undefined;
  if (!response.ok) throw new Error(`enrich was answered ${response.status}: ${body}`);
  return body;
}

function idsOf(printed: string): string {
  const { hits } = z.object({ hits: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(printed));
  return hits.map(({ id }) => id).join(' ');
}
