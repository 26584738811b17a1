import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { mountObstacle, SmallDisk } from './smallDisk.js';
import { runCommand, type SmallDiskService, startSmallDiskService } from './smallDiskService.js';

const DISK = 96 << 20;
const PRODUCTS = 60;
const QUERIES = ['red dress', 'blue coat for women', 'skirt', ''];
/** Milliseconds in which the service must recover by itself when there is space again. */
const MAX_RECOVERY = 15_000;
/** The disk is filled after up to this many milliseconds, and up to this many bytes are left free. */
const MAX_DELAY = 3000;
const MAX_FREE_BYTES = 600_000;
const ACTIONS = ['write', 'import', 'reindex', 'backup', 'enrich'] as const;

/**
 * Fills a small disk at random times during writes, imports, reindexes, backups and enrichments beside a running
 * service, then frees space. Guarantees: each action succeeds or fails with a message; search answers do not change;
 * acknowledged writes stay; no partial files are left; the service accepts writes again by itself. Needs the right to
 * mount.
 */
export const testDiskFull: FaultTest = requireProgress(
  { always: ['rounds', 'acknowledged'], usually: ['done', 'refused'] },
  async ({ rounds, seed, log }) => {
    const missing = mountObstacle();
    if (missing !== undefined) throw new Error(`The disk-full test cannot run: ${missing}.`);
    const violations: { seed: number; what: string }[] = [];
    const figures = { rounds: 0, done: 0, refused: 0, acknowledged: 0 };
    const disk = new SmallDisk(DISK);
    let service: SmallDiskService | undefined;
    try {
      const catalog = path.join(disk.dir, 'catalog.jsonl');
      writeFileSync(catalog, rows('p', PRODUCTS));
      const where = ['--data', path.join(disk.dir, 'data'), '--indexes', path.join(disk.dir, 'indexes')];
      for (const command of [
        ['import', catalog],
        ['reindex', '--no-enrich'],
      ]) {
        const { code, stderr } = await runCommand([...command, ...where]);
        if (code !== 0) throw new Error(`${command[0]} exited with ${code}: ${stderr}`);
      }
      service = await startSmallDiskService(where);
      const acknowledged = new Set<string>();
      for (let round = 0; round < rounds; round++) {
        const roundSeed = seed + round;
        const report = (what: string): void => {
          violations.push({ seed: roundSeed, what });
          log(`seed ${roundSeed}: ${what}`);
        };
        figures.rounds++;
        const done = await oneRound({ disk, service, where, acknowledged, seed: roundSeed, report });
        if (done) figures.done++;
        else figures.refused++;
      }
      figures.acknowledged = acknowledged.size;
    } finally {
      await service?.end();
      disk.close();
    }
    return { figures, violations };
  },
);

interface Round {
  readonly disk: SmallDisk;
  readonly service: SmallDiskService;
  readonly where: readonly string[];
  readonly acknowledged: Set<string>;
  readonly seed: number;
  readonly report: (what: string) => void;
}

/** Runs one action while the disk fills up. Returns whether it succeeded. */
async function oneRound(round: Round): Promise<boolean> {
  const { disk, service, acknowledged, seed, report } = round;
  const random = seededRandom(seed);
  const action = ACTIONS[Math.floor(random() * ACTIONS.length)] ?? 'write';
  const delay = random() < 0.7 ? 0 : random() * MAX_DELAY;
  const free = Math.floor(random() ** 2 * MAX_FREE_BYTES);
  const before = await service.answers(QUERIES);
  const filled = new Promise<void>((resolve) => setTimeout(resolve, delay)).then(() => disk.fill(free));
  if (delay === 0) await filled;
  const attempt = attempts[action](round);
  await filled;
  const during = await service.answers(QUERIES);
  const done = await attempt;
  const after = await service.answers(QUERIES);
  // Writes change document frequencies and so the order of other products; a reindex or import that succeeds may change
  // any answer.
  const same = action === 'write' ? sortedIds(during) === sortedIds(before) : during === before;
  if (action !== 'import' && action !== 'reindex' && !same)
    report(`${action}: answers changed on the full disk: ${during} instead of ${before}`);
  if (!done && action === 'reindex' && after !== before)
    report('reindex: answers changed although it failed');
  disk.freeSpace();
  await recovers(round, `${action}-${seed}`);
  for (const id of acknowledged)
    if (!(await service.has(id))) report(`${action}: ${id} was acknowledged and is missing`);
  const left = readdirSync(path.join(disk.dir, 'indexes')).filter(
    (name) => name.startsWith('.') && !name.includes('.lock'),
  );
  if (left.length > 0) report(`${action}: leftovers in the folder of generations: ${left.join(', ')}`);
  for (const name of [`backup-${seed}`, `filled-${seed}.jsonl`])
    rmSync(path.join(disk.dir, name), { recursive: true, force: true });
  return done;
}

function sortedIds(answers: string): string {
  return answers
    .split('; ')
    .map((one) => one.split(' ').sort().join(' '))
    .join('; ');
}

const attempts: Record<(typeof ACTIONS)[number], (round: Round) => Promise<boolean>> = {
  write: async ({ service, acknowledged, seed, report }) => {
    for (let row = 0; row < 40; row++) {
      const id = `w${seed}-${row}`;
      const { status, body } = await service.write({ id, title: 'zebra', description: 'x'.repeat(8000) });
      if (status === 200) acknowledged.add(id);
      else {
        if (!(status === 507 || status === 503) || !/disk/i.test(body))
          report(`write: answered ${status} ${body}`);
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
  reindex: async ({ service, report }) => {
    const { status, body } = await service.reindex();
    if (status === 507 || status === 503) return false;
    if (status !== 202) {
      report(`reindex: answered ${status} ${body}`);
      return false;
    }
    const { state, error } = await service.jobDone(body);
    if (state === 'failed' && !/disk is full/i.test(error)) report(`reindex: failed with ${error}`);
    return state === 'done';
  },
  backup: async (round) => {
    const to = path.join(round.disk.dir, `backup-${round.seed}`);
    const done = await command(round, ['backup', to]);
    if (!done && existsSync(to) && readdirSync(to).length > 0) round.report('backup: left a partial backup');
    return done;
  },
  enrich: async (round) => {
    const from = path.join(round.disk.dir, 'catalog.jsonl');
    const out = path.join(round.disk.dir, `filled-${round.seed}.jsonl`);
    const done = await command(round, ['enrich', from, '--out', out]);
    if (!done && existsSync(out)) round.report('enrich: left a partial file');
    if (done && readFileSync(out, 'utf8').trim().split('\n').length !== PRODUCTS)
      round.report('enrich: rows are missing in the file');
    return done;
  },
};

async function command({ where, report }: Round, args: readonly string[]): Promise<boolean> {
  const { code, stderr } = await runCommand([...args, ...where]);
  if (code === 0) return true;
  if (code !== 1 || !/disk is full|no space left|database or disk is full/i.test(stderr))
    report(`${args[0]}: exited with ${code}: ${stderr}`);
  return false;
}

/** Waits until the service accepts a write again and its health reports no problem. */
async function recovers({ service, acknowledged, report }: Round, id: string): Promise<void> {
  for (const until = Date.now() + MAX_RECOVERY; ; ) {
    const { status } = await service.write({ id, title: 'zebra again' });
    const reasons = await service.reasons();
    if (status === 200) acknowledged.add(id);
    if (status === 200 && reasons === '') return;
    if (Date.now() > until) {
      report(`no recovery with free space: a write is answered ${status}, health reports ${reasons}`);
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
