import { expect, it, test } from 'vitest';
import { findCandidates } from '../../../src/search/findCandidates.js';
import { localSets } from '../../../src/search/retrieve/localSets.js';
import { Query } from '../../../src/search/understand/query.js';
import { withPlainRanges } from '../../../src/search/understand/rangeWords.js';
import { understandQuery } from '../../../src/search/understand/understandQuery.js';
import { indexOf } from '../indexOf.js';

it.each([
  ['5 to 10 kg', '5 - 10 kg'],
  ['collar for 5 to 10 kg dogs', 'collar 5 - 10 kg dogs'],
  ['von 5kg bis 10kg', '5kg - 10kg'],
  ['between 1.5 and 2.5 l', '1.5 - 2.5 l'],
  ['dumbbells 5 and 10 kg', 'dumbbells 5 and 10 kg'],
  ['under 20 to 30', 'under 20 to 30'],
  ['2 to 4 players', '2 to 4 players'],
  ['5-10 kg', '5-10 kg'],
  ['a to b', 'a to b'],
])('reads %s', (text, plain) => {
  expect(withPlainRanges(text)).toBe(plain);
});

test('a range in any notation finds the product with the range', async () => {
  const titles = ['Collar 5-10 kg', 'Leash 5 – 10 kg', 'Coat from 5 to 10 kg', 'Bed 12 kg'];
  const index = await indexOf(titles.map((title, i) => ({ id: `${i}`, title })));
  for (const q of [
    '5-10 kg',
    '5–10 kg',
    '5 - 10kg',
    'for 5 to 10 kg',
    '5kg bis 10kg',
    'between 5 and 10 kg',
  ]) {
    const { candidates } = findCandidates(localSets(index), {
      understood: understandQuery(index, new Query(q)),
      interpretations: [],
      vector: undefined,
      minCosine: 1,
      filter: undefined,
      relax: false,
    });
    expect([q, [...candidates.ordinals]]).toEqual([q, [0, 1, 2]]);
    expect([...candidates.ordinals].every((one) => candidates.tierOf(one) === 'all')).toBe(true);
  }
});
