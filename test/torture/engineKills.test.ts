import { expect, it } from 'vitest';
import { testEngineKills } from '../../scripts/torture/engineKills.js';
import { describeOpenSearch, openSearch } from '../support/openSearch.js';
import { generated } from '../support/sharedGenerated.js';

describeOpenSearch('a killed writer', () => {
  it('keeps every answered write, in the store and in the index that serves', {
    timeout: 300_000,
  }, async () => {
    const { urls } = await openSearch();
    const { figures, violations } = await testEngineKills({
      ...{ rounds: 1, seed: 2, log: () => undefined, catalog: generated },
      engine: urls[0],
    });
    expect(violations).toEqual([]);
    expect(figures.kills).toBe(1);
    expect(figures.acknowledged).toBeGreaterThan(0);
  });
});
