// Prints the facts of an enriched JSONL file, and counts them by status.
// Usage: node examples/enrich-file/readFacts.mjs <enriched.jsonl>
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const counts = { applied: 0, suggested: 0 };
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  if (line === '') continue;
  const product = JSON.parse(line);
  for (const { field, value, status, confidence, evidence } of product._shelfwright?.facts ?? []) {
    counts[status] += 1;
    // Evidence is a quote from the product, similar products, or a rule of the taxonomy.
    const reason =
      evidence.quote !== undefined
        ? `${evidence.field} says "${evidence.quote}"`
        : evidence.neighbours !== undefined
          ? `like ${evidence.neighbours.map(({ id }) => id).join(', ')}`
          : JSON.stringify(evidence);
    console.log(`${product.id}  ${field} = ${value}  (${status}, ${confidence.toFixed(2)}: ${reason})`);
  }
}
// Applied values are in the product itself; suggested ones only here, for review.
console.log(`${counts.applied} applied, ${counts.suggested} suggested`);
