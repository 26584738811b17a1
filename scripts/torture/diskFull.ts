import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { runCommand, type ServedShop, serveShop } from './servedShop.js';
import { lackingForMounts, SmallDisk } from './smallDisk.js';
import type { Torture } from './torture.js';

const DISK = 96 << 20;
const PRODUCTS = 60;
const QUERIES = ['red dress', 'blue coat for women', 'skirt', ''];
/** A service is given so long to find out by itself that there is room again, in milliseconds. */
const RECOVERY = 15_000;
/** The disk is full after so many milliseconds, or has so many bytes left for what is under way to use up. */
const MAX_DELAY = 3000;
const MAX_LEFT = 600_000;
const ACTIONS = ['write', 'import', 'reindex', 'backup', 'enrich'] as const;

/**
 * Fills a small disk at random moments of writes, imports, reindexes, backups and enrichments beside a running service,
 * then gives room back. Each must end done or with a sentence; answers stay as they were; what was acknowledged stays;
 * nothing half done is left; and the service takes writes again by itself. Needs the right to mount.
 */
export const tortureDiskFull: Torture = async ({ rounds, seed, tell }) => {
  const missing = lackingForMounts();
  if (missing !== undefined) throw new Error(`The disk-full trial cannot be run: ${missing}.`);
  const broken: { seed: number; what: string }[] = [];
  const figures = { rounds: 0, done: 0, refused: 0, acknowledged: 0 };
  const disk = new SmallDisk(DISK);
  let shop: ServedShop | undefined;
  try {
    const catalog = path.join(disk.dir, 'catalog.jsonl');
    writeFileSync(catalog, rows('p', PRODUCTS));
    const where = ['--data', path.join(disk.dir, 'data'), '--indexes', path.join(disk.dir, 'indexes')];
    for (const command of [
      ['import', catalog],
      ['reindex', '--no-enrich'],
    ]) {
      const { code, stderr } = await runCommand([...command, ...where]);
      if (code !== 0) throw new Error(`${command[0]} ended with ${code}: ${stderr}`);
    }
    shop = await serveShop(where);
    const acknowledged = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const own = seed + round;
      const complain = (what: string): void => {
        broken.push({ seed: own, what });
        tell(`seed ${own}: ${what}`);
      };
      figures.rounds++;
      const done = await oneRound({ disk, shop, where, acknowledged, seed: own, complain });
      if (done) figures.done++;
      else figures.refused++;
    }
    figures.acknowledged = acknowledged.size;
  } finally {
    await shop?.end();
    disk.close();
  }
  return { figures, broken };
};

interface Round {
  readonly disk: SmallDisk;
  readonly shop: ServedShop;
  readonly where: readonly string[];
  readonly acknowledged: Set<string>;
  readonly seed: number;
  readonly complain: (what: string) => void;
}

/** Whether what was under way came to its end before the disk was full. */
async function oneRound(round: Round): Promise<boolean> {
  const { disk, shop, acknowledged, seed, complain } = round;
  const random = seededRandom(seed);
  const action = ACTIONS[Math.floor(random() * ACTIONS.length)] ?? 'write';
  const delay = random() < 0.7 ? 0 : random() * MAX_DELAY;
  const leave = Math.floor(random() ** 2 * MAX_LEFT);
  const before = await shop.answers(QUERIES);
  const filled = new Promise<void>((resolve) => setTimeout(resolve, delay)).then(() => disk.fill(leave));
  if (delay === 0) await filled;
  const attempt = attempts[action](round);
  await filled;
  const during = await shop.answers(QUERIES);
  const done = await attempt;
  const after = await shop.answers(QUERIES);
  // What was written changes how rare words are, and with that the order of others; a reindex or an import that
  // comes to its end may change anything.
  const same = action === 'write' ? inNoOrder(during) === inNoOrder(before) : during === before;
  if (action !== 'import' && action !== 'reindex' && !same)
    complain(`${action}: other answers on the full disk: ${during} instead of ${before}`);
  if (!done && action === 'reindex' && after !== before) complain('reindex: other answers after it failed');
  disk.giveRoom();
  await recovers(round, `${action}-${seed}`);
  for (const id of acknowledged)
    if (!(await shop.has(id))) complain(`${action}: ${id} was acknowledged and is gone`);
  const left = readdirSync(path.join(disk.dir, 'indexes')).filter(
    (name) => name.startsWith('.') && !name.includes('.lock'),
  );
  if (left.length > 0) complain(`${action}: left ${left.join(', ')} in the folder of generations`);
  for (const name of [`backup-${seed}`, `filled-${seed}.jsonl`])
    rmSync(path.join(disk.dir, name), { recursive: true, force: true });
  return done;
}

function inNoOrder(answers: string): string {
  return answers
    .split('; ')
    .map((one) => one.split(' ').sort().join(' '))
    .join('; ');
}

const attempts: Record<(typeof ACTIONS)[number], (round: Round) => Promise<boolean>> = {
  write: async ({ shop, acknowledged, seed, complain }) => {
    for (let row = 0; row < 40; row++) {
      const id = `w${seed}-${row}`;
      const { status, body } = await shop.write({ id, title: 'zebra', description: 'x'.repeat(8000) });
      if (status === 200) acknowledged.add(id);
      else {
        if (!(status === 507 || status === 503) || !/disk/i.test(body))
          complain(`write: answered ${status} ${body}`);
        return false;
      }
    }
    return true;
  },
  import: async (round) => {
    const file = path.join(round.disk.dir, '..', `${path.basename(round.disk.dir)}-import.jsonl`);
    writeFileSync(file, rows(`i${round.seed}-`, 40));
    try {
      return await command(round, ['import', file]);
    } finally {
      rmSync(file);
    }
  },
  reindex: async ({ shop, complain }) => {
    const { status, body } = await shop.reindex();
    if (status === 507 || status === 503) return false;
    if (status !== 202) {
      complain(`reindex: answered ${status} ${body}`);
      return false;
    }
    const { state, error } = await shop.jobDone(body);
    if (state === 'failed' && !/disk is full/i.test(error)) complain(`reindex: failed with ${error}`);
    return state === 'done';
  },
  backup: async (round) => {
    const to = path.join(round.disk.dir, `backup-${round.seed}`);
    const done = await command(round, ['backup', to]);
    if (!done && existsSync(to) && readdirSync(to).length > 0) round.complain('backup: left half of one');
    return done;
  },
  enrich: async (round) => {
    const from = path.join(round.disk.dir, 'catalog.jsonl');
    const out = path.join(round.disk.dir, `filled-${round.seed}.jsonl`);
    const done = await command(round, ['enrich', from, '--out', out]);
    if (!done && existsSync(out)) round.complain('enrich: left half a file');
    if (done && readFileSync(out, 'utf8').trim().split('\n').length !== PRODUCTS)
      round.complain('enrich: the file lacks rows');
    return done;
  },
};

async function command({ where, complain }: Round, words: readonly string[]): Promise<boolean> {
  const { code, stderr } = await runCommand([...words, ...where]);
  if (code === 0) return true;
  if (code !== 1 || !/disk is full|no space left|database or disk is full/i.test(stderr))
    complain(`${words[0]}: ended with ${code}: ${stderr}`);
  return false;
}

/** The service takes a write again by itself, and says no more that it cannot. */
async function recovers({ shop, acknowledged, complain }: Round, id: string): Promise<void> {
  for (const until = Date.now() + RECOVERY; ; ) {
    const { status } = await shop.write({ id, title: 'zebra again' });
    const reasons = await shop.reasons();
    if (status === 200) acknowledged.add(id);
    if (status === 200 && reasons === '') return;
    if (Date.now() > until) {
      complain(`no recovery with room: a write is answered ${status}, health says ${reasons}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function rows(prefix: string, count: number): string {
  const garments = ['dress', 'shirt', 'coat', 'skirt'];
  const colours = ['red', 'blue', 'green'];
  return Array.from({ length: count }, (_, row) => {
    const title = `${colours[row % 3]} ${garments[row % 4]} for women ${Math.floor(row / 12)}`;
    const category = row % 5 === 0 ? undefined : `Clothing > ${garments[row % 4]}`;
    return `${JSON.stringify({ id: `${prefix}${row}`, title, category, price: 10 + row })}\n`;
  }).join('');
}
