import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Fact } from '../../src/domain/fact.js';
import { factsOf } from '../../src/domain/filledProduct.js';
import { fold } from '../../src/text/fold.js';
import { runCommand } from './runCommand.js';

const DATA = '../shared/data';
const FOLDS = 5;

const COUNTED = `Single values are counted: a value is right if the row's gold for that attribute has it (case, accents and
joining marks folded), a gold value that is not found is missed, and a value for an empty gold list is
wrong. Only attributes in a row's gold are counted, applied and suggested facts alike. 'any mention' counts one answer
per attribute: the first value is right if the gold has it; otherwise the attribute is missed. 'ece' is the expected calibration error over ten bins, value by value.`;

const rowSchema = z.object({
  id: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  category: z.string(),
  gold: z.record(z.string(), z.array(z.string())),
});
type GoldRow = z.infer<typeof rowSchema>;

interface Set {
  readonly name: string;
  readonly published: string;
  readonly parts: readonly { readonly train: readonly GoldRow[]; readonly test: readonly GoldRow[] }[];
}

/** Extraction figures on public data sets with `enrich --learn-from`, comparing its facts with the gold. */
export async function benchExtracting(named: string | undefined): Promise<void> {
  const sets = await readSets(named ?? DATA);
  if (sets.length === 0) {
    console.log(`extracting: neither ae-110k nor wdc-pave in ${named ?? DATA}`);
    return;
  }
  console.log(COUNTED);
  for (const set of sets) {
    const tally = new Tally();
    let rows = 0;
    let seconds = 0;
    for (const part of set.parts) {
      rows += part.train.length + part.test.length;
      seconds += await enrichPart(part, tally);
    }
    console.log(
      `\n${set.name}: ${tally.line()}, ${(rows / seconds).toFixed(0)} rows/s with training and start`,
    );
    console.log(`  published: ${set.published}`);
    if (process.env.BY_FIELD !== undefined) tally.table();
  }
}

async function readSets(folder: string): Promise<Set[]> {
  const sets: Set[] = [];
  const at = (name: string): string => path.join(folder, name);
  if (existsSync(at('ae-110k/train.jsonl.gz'))) {
    const part = {
      train: await readRows(at('ae-110k/train.jsonl.gz')),
      test: await readRows(at('ae-110k/test.jsonl.gz')),
    };
    sets.push({
      name: 'ae-110k, test learned from train',
      published: 'GPT-4 .85, fine-tuned small models .80; a linear-chain CRF .746',
      parts: [part],
    });
  }
  for (const [kind, published] of [
    ['verbatim', 'GPT-4 .91, fine-tuned small models .81; a linear-chain CRF .851'],
    ['normalized', 'none'],
  ] as const) {
    const file = at(`wdc-pave/${kind}.train.jsonl.gz`);
    if (!existsSync(file)) continue;
    const rows = await readRows(file);
    const parts = Array.from({ length: FOLDS }, (_, fold) => ({
      train: rows.filter((_, i) => i % FOLDS !== fold),
      test: rows.filter((_, i) => i % FOLDS === fold),
    }));
    sets.push({ name: `wdc-pave ${kind}, ${FOLDS}-fold`, published, parts });
  }
  return sets;
}

async function readRows(file: string): Promise<GoldRow[]> {
  const text = gunzipSync(await readFile(file)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => rowSchema.parse(JSON.parse(line)));
}

async function enrichPart({ train, test }: Set['parts'][number], tally: Tally): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  const at = (name: string): string => path.join(folder, name);
  try {
    const lines = (rows: readonly unknown[]): string =>
      rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    await writeFile(
      at('train.jsonl'),
      lines(train.map(({ gold, ...row }) => ({ ...row, id: `taught-${row.id}`, attributes: gold }))),
    );
    await writeFile(at('test.jsonl'), lines(test.map(({ gold: _, ...row }) => row)));
    const flags = ['-o', at('out.jsonl'), '--learn-from', at('train.jsonl'), '--data', at('data')];
    const { seconds } = await runCommand(['enrich', at('test.jsonl'), ...flags]);
    const written = z.looseObject({ id: z.string() });
    const out = (await readFile(at('out.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
    const facts = new Map(
      out.map((line) => {
        const product = written.parse(JSON.parse(line));
        return [product.id, factsOf(product)] as const;
      }),
    );
    for (const row of test) tally.add(row, facts.get(row.id) ?? []);
    return seconds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Count {
  given: number;
  right: number;
  wanted: number;
}

class Tally {
  readonly #values: Count = { given: 0, right: 0, wanted: 0 };
  readonly #answers: Count = { given: 0, right: 0, wanted: 0 };
  readonly #applied = { given: 0, right: 0 };
  readonly #bins = Array.from({ length: 10 }, () => ({ given: 0, right: 0, confidence: 0 }));
  readonly #fields = new Map<string, Count>();
  #spans = 0;
  #exact = 0;

  add({ gold, ...row }: GoldRow, facts: readonly Fact[]): void {
    for (const { evidence } of facts) {
      if (!('quote' in evidence)) continue;
      this.#spans++;
      const text = evidence.field === 'title' ? row.title : row.description;
      if (text?.slice(evidence.start, evidence.end) === evidence.quote) this.#exact++;
    }
    for (const [name, list] of Object.entries(gold)) {
      const truth = new Set(list.map(fold));
      const fact = facts.find(({ field }) => field === `attributes.${name}`);
      const field = this.#fields.get(name) ?? { given: 0, right: 0, wanted: 0 };
      this.#fields.set(name, field);
      field.wanted += truth.size;
      this.#values.wanted += truth.size;
      if (truth.size > 0) this.#answers.wanted++;
      if (fact === undefined) continue;
      const given = [fact.value].flat().map((value) => fold(String(value)));
      this.#answers.given++;
      if (truth.has(given[0] ?? '')) this.#answers.right++;
      for (const value of new Set(given)) {
        const right = truth.has(value) ? 1 : 0;
        for (const count of [this.#values, field]) {
          count.given++;
          count.right += right;
        }
        if (fact.status === 'applied') {
          this.#applied.given++;
          this.#applied.right += right;
        }
        const bin = this.#bins[Math.min(9, Math.floor(fact.confidence * 10))];
        if (bin === undefined) continue;
        bin.given++;
        bin.right += right;
        bin.confidence += fact.confidence;
      }
    }
  }

  line(): string {
    const { given } = this.#values;
    const ece =
      this.#bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, given);
    const { given: applied, right } = this.#applied;
    return [
      `${figures(this.#values)}, ece ${ece.toFixed(3)}, any mention ${figures(this.#answers)}`,
      `applied ${(applied / Math.max(1, this.#values.wanted)).toFixed(3)} at precision ${(right / Math.max(1, applied)).toFixed(3)}`,
      `${this.#exact} of ${this.#spans} spans exact`,
    ].join(', ');
  }

  table(): void {
    const fields = [...this.#fields].sort(([, a], [, b]) => b.wanted - a.wanted);
    for (const [name, count] of fields)
      console.log(`  ${name.padEnd(30)} ${String(count.wanted).padStart(5)} values ${figures(count)}`);
    for (const { given, right, confidence } of this.#bins) {
      if (given > 0)
        console.log(`  ${given} at ${(confidence / given).toFixed(3)}: ${(right / given).toFixed(3)} right`);
    }
  }
}

function figures({ given, right, wanted }: Count): string {
  const precision = right / Math.max(1, given);
  const recall = right / Math.max(1, wanted);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return `F1 ${f1.toFixed(3)} (precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)})`;
}
