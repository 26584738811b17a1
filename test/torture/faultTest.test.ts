import { expect, it } from 'vitest';
import { type FaultTestResult, requireProgress } from '../../scripts/torture/faultTest.js';

const trial = (figures: FaultTestResult['figures']) =>
  requireProgress({ always: ['kills'], usually: ['refused'] }, async () => ({ figures, violations: [] }));
const options = (rounds: number) => ({ rounds, seed: 3, log: () => undefined });

it('a trial in which nothing happened fails', async () => {
  const { violations } = await trial({ kills: 0 })(options(1));
  expect(violations).toEqual([{ seed: 3, what: "nothing was tested: 'kills' is 0 after 1 rounds" }]);
  expect((await trial({})(options(1))).violations).toHaveLength(1);
  expect((await trial({ kills: Number.NaN })(options(1))).violations).toHaveLength(1);
});

it('what is left to chance must happen in many rounds only', async () => {
  expect((await trial({ kills: 1, refused: 0 })(options(2))).violations).toEqual([]);
  expect((await trial({ kills: 1, refused: 0 })(options(50))).violations).toHaveLength(1);
  expect((await trial({ kills: 1, refused: 1 })(options(50))).violations).toEqual([]);
});
