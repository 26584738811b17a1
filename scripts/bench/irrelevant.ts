import { readFile } from 'node:fs/promises';
import { categoryLevels, joinLevels } from '../../src/domain/categoryPath.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { readCatalog } from './catalog.js';
import { withReader } from './withReader.js';

const DEMO = 'catalogs/demo.jsonl';
const QUERIES = 'test/data/demo-queries.tsv';
const GOLD = 'test/data/demo-gold.jsonl';
const HITS = 10;

interface DemoQuery {
  readonly half: string;
  readonly isUnrelated: boolean;
  readonly query: string;
  /** A hit in one of these, or below it, is what the shopper wants. */
  readonly categories: readonly string[];
}

/**
 * The share of unrelated and meaningless queries that find nothing in the demo catalog, and of sensible ones that
 * find a product of a fitting category among the first ten hits, for the queries that thresholds were chosen on, and for
 * two sets that they were not. A data folder saves the import, see `withReader`.
 */
export async function benchIrrelevant(dataFolder: string | undefined): Promise<void> {
  const queries = await readQueries();
  const gold = new Map((await readCatalog(GOLD)).map(({ id, category }) => [id, category ?? ''] as const));
  const fits = (id: string, { categories }: DemoQuery): boolean => {
    const levels = categoryLevels(gold.get(id) ?? '');
    return levels.some((_, depth) => categories.includes(joinLevels(levels.slice(0, depth + 1))));
  };
  await withReader(DEMO, dataFolder, async (reader) => {
    for (const half of ['tuning', 'held-out', 'fresh']) {
      const wrong: string[] = [];
      const counts = { unrelated: 0, empty: 0, sensible: 0, answered: 0, fitting: 0 };
      for (const one of queries.filter((query) => query.half === half)) {
        const { hits, total } = await reader.search(
          searchRequestSchema.parse({ q: one.query, per_page: HITS }),
        );
        if (one.isUnrelated) {
          counts.unrelated++;
          if (total === 0) counts.empty++;
          else wrong.push(`${one.query} (${total} hits)`);
          continue;
        }
        counts.sensible++;
        if (total > 0) counts.answered++;
        if (hits.some(({ id }) => fits(id, one))) counts.fitting++;
        else wrong.push(`${one.query} (${total === 0 ? 'nothing' : 'nothing that fits'})`);
      }
      const { unrelated, empty, sensible, answered, fitting } = counts;
      console.log(
        `irrelevant, ${half}: ${empty} of ${unrelated} unrelated queries find nothing; of ${sensible} sensible ones ${answered} find something, ${fitting} what fits`,
      );
      if (wrong.length > 0) console.log(`  wrong: ${wrong.join(', ')}`);
    }
  });
}

async function readQueries(): Promise<DemoQuery[]> {
  const [, ...lines] = (await readFile(QUERIES, 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const [half = '', kind, query = '', categories = ''] = line.split('\t');
    return { half, isUnrelated: kind === 'unrelated', query, categories: categories.split('|') };
  });
}
