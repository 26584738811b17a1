// Imports a CSV file over HTTP, reindexes, and searches.
// Usage: node examples/import-csv/importCsv.mjs [file.csv] [query]
import { readFileSync } from 'node:fs';
import { finishedJob, request } from '../request.mjs';

const [file = new URL('products.csv', import.meta.url), query = 'blue mug'] = process.argv.slice(2);

// Columns that are not mapped become fields of their own; `attributes.color` is an attribute.
const map = 'id=SKU,title=Name,brand=Maker,category=Department,price=Cost,attributes.color=Colour';
const job = await request('POST', `/v1/import?map=${encodeURIComponent(map)}`, {
  body: readFileSync(file, 'utf8'),
  headers: { 'content-type': 'text/csv' },
});
const { report } = await finishedJob(job.id);
console.log(`${report.rows} rows: ${report.imported} imported, ${report.quarantined} in quarantine`);

// Products are searchable now; a reindex also embeds them and fills their blanks.
const reindex = await request('POST', '/v1/reindex', { body: { enrich: false } });
await finishedJob(reindex.id);

const { total, hits } = await request('GET', `/v1/search?q=${encodeURIComponent(query)}&per_page=3`);
console.log(`${total} products for "${query}"`);
for (const { product } of hits) console.log(`  ${product.id}  ${product.title}  ${product.price}`);
