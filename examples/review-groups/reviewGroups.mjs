// Lists groups of suggestions over HTTP, and accepts those that are almost certain.
// Usage: node examples/review-groups/reviewGroups.mjs [minimum confidence] [field]
import { request } from '../request.mjs';

const [minimum = '0.9', field] = process.argv.slice(2);
const query = new URLSearchParams({ per_page: '5', min_confidence: minimum, ...(field && { field }) });
const { total, groups } = await request('GET', `/v1/suggestions?${query}`);
console.log(`${total} groups with a confidence of at least ${minimum}`);

const decisions = groups.map(({ group, state }) => ({
  action: 'accept',
  group,
  // The decision covers the suggestions that the list showed, and fails with 409 if they have changed since.
  shown: state,
  min_confidence: Number(minimum),
}));
for (const { field, value, reason, count, examples } of groups) {
  console.log(`  ${count} x ${field} = ${value}: ${reason.says}, for example ${examples[0]?.title}`);
}
if (decisions.length === 0) process.exit();

// Either all decisions take effect or none.
const answer = await request('POST', '/v1/suggestions/decide', { body: { by: 'example', decisions } });
for (const { decision, value, settled } of answer.decisions)
  console.log(`decision ${decision}: ${value}, ${settled} products`);

// Every decision can be undone.
const [last] = answer.decisions.slice(-1);
const undone = await request('POST', '/v1/suggestions/decide', {
  body: { by: 'example', decisions: [{ action: 'undo', decision: last.decision }] },
});
console.log(`undone: decision ${undone.decisions[0].undoes}`);
