import { seededRandom } from '../../../src/domain/seededRandom.js';
import {
  clicksOverExpected,
  fitCascadeModel,
  fitPositionModel,
} from '../../../src/statistics/clickModels.js';
import { kendallTau } from '../../../src/statistics/kendallTau.js';
import { SESSIONS, simulateClicks } from './clickLog.js';
import type { JudgedLists } from './judgedLists.js';

const SEED = 1603;

/** Mean over the queries of Kendall's tau-b of the judges' grades and what each model makes of the clicks. */
export function recoverRelevance(lists: JudgedLists): void {
  const { pairs, cells, lists: seen } = simulateClicks(lists, seededRandom(SEED));
  const shown = new Float64Array(pairs.length);
  const clicks = new Float64Array(pairs.length);
  for (const cell of cells) {
    shown[cell.pair] = (shown[cell.pair] ?? 0) + cell.shown;
    clicks[cell.pair] = (clicks[cell.pair] ?? 0) + cell.clicked;
  }
  const model = fitPositionModel(cells, pairs.length);
  const estimates = {
    clicks,
    'click rate': clicks.map((count, pair) => count / (shown[pair] ?? 1)),
    'clicks over expected': clicksOverExpected(cells, pairs.length),
    'cascade (sDBN)': fitCascadeModel(seen, pairs.length),
    'position-based model': model.attractiveness,
  };
  console.log(
    `  ${lists.name}: ${lists.grades.length} queries, ${SESSIONS} sessions each, ${pairs.length} products shown, seed ${SEED}; EM ${model.converged ? 'converged' : 'stopped'} after ${model.iterations} iterations, examination ${[...model.examination].map((value) => value.toFixed(2)).join(' ')}`,
  );
  for (const [name, values] of Object.entries(estimates)) {
    const taus: number[] = [];
    for (const [query, grades] of lists.grades.entries()) {
      const own = [...pairs.keys()].filter((pair) => pairs[pair]?.query === query);
      const tau = kendallTau(
        own.map((pair) => grades.get(pairs[pair]?.id ?? '') ?? 0),
        own.map((pair) => values[pair] ?? 0),
      );
      if (!Number.isNaN(tau)) taus.push(tau);
    }
    const mean = taus.reduce((sum, tau) => sum + tau, 0) / taus.length;
    console.log(
      `    ${name.padEnd(22)} tau ${mean.toFixed(3)} (${taus.length} queries with more than one grade)`,
    );
  }
}
