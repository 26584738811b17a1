import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { SectionReader } from '../../../src/index/files/sectionReader.js';
import { SectionWriter } from '../../../src/index/files/sectionWriter.js';
import { type GraphLinks, readGraphLinks, writeGraphLinks } from '../../../src/index/vectors/graphLinks.js';
import { GraphSearch } from '../../../src/index/vectors/graphSearch.js';
import { readLinksOfHnswFile } from '../../../src/index/vectors/hnswFile.js';
import { HNSW_PARAMETERS, HnswGraph } from '../../../src/index/vectors/hnswGraph.js';
import { quantizeRows } from '../../../src/index/vectors/sharedRows.js';
import { dotAt } from '../../../src/index/vectors/unitVector.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { clusteredVectors } from '../products.js';
import { linksOf } from './linksOf.js';

const DIMENSION = 32;
const COUNT = 4000;
const K = 10;
const EF = 64;
/** Of the exact ten nearest, by int8 rows alone. */
const MIN_RECALL = 0.98;
/** Of what hnswlib finds over the same links with floats. */
const MIN_SHARE_OF_HNSWLIB = 0.98;

const rows = clusteredVectors(COUNT, DIMENSION, 20, 1);
const queries = clusteredVectors(60, DIMENSION, 20, 2);
const all = new Float32Array(COUNT * DIMENSION);
for (const [row, vector] of rows.entries()) all.set(vector, row * DIMENSION);

let graph: HnswGraph;
let file: Buffer;
let links: GraphLinks;
beforeAll(async () => {
  graph = HnswGraph.create(DIMENSION, COUNT + 50, HNSW_PARAMETERS);
  for (const [row, vector] of rows.entries()) graph.add(row, vector);
  ({ links, file } = await linksOf(graph));
});

function exactly(query: Float32Array, counts: (row: number) => boolean): number[] {
  return [...rows.keys()]
    .filter(counts)
    .sort((a, b) => dotAt(query, all, b * DIMENSION) - dotAt(query, all, a * DIMENSION))
    .slice(0, K);
}

function shareFound(
  wanted: (query: Float32Array) => readonly number[],
  counts: (row: number) => boolean = () => true,
): number {
  const search = new GraphSearch(links);
  const quantized = quantizeRows(all, DIMENSION);
  let found = 0;
  for (const query of queries) {
    quantized.setQuery(query);
    const near = search.search(quantized, EF, counts).subarray(0, 2 * K);
    expect(near.every(counts)).toBe(true);
    found += wanted(query).filter((row) => near.includes(row)).length / K;
  }
  return found / queries.length;
}

describe('a search over the links of a graph', () => {
  it('finds at least .98 of the exact ten nearest at ef 64', () => {
    expect(shareFound((query) => exactly(query, () => true))).toBeGreaterThanOrEqual(MIN_RECALL);
  });

  it('finds at least .98 of what hnswlib finds', () => {
    const share = shareFound((query) => graph.search(query, K, EF));
    expect(share).toBeGreaterThanOrEqual(MIN_SHARE_OF_HNSWLIB);
  });

  it('passes through points that do not count', () => {
    const counts = (row: number): boolean => row % 3 === 0;
    expect(shareFound((query) => exactly(query, counts), counts)).toBeGreaterThanOrEqual(MIN_RECALL);
  });

  it('forgets what it visited, also after its marks are used up', () => {
    const search = new GraphSearch(links);
    const quantized = quantizeRows(all, DIMENSION);
    const [query = new Float32Array(DIMENSION)] = queries;
    quantized.setQuery(query);
    const first = search.search(quantized, 4, () => true);
    for (let round = 0; round < 66_000; round++) search.search(quantized, 1, () => true);
    expect(search.search(quantized, 4, () => true)).toEqual(first);
  });

  it('finds nothing in an empty graph, and all of a small one', async () => {
    const small = HnswGraph.create(DIMENSION, 4, HNSW_PARAMETERS);
    const none = new GraphSearch((await linksOf(small)).links);
    expect(none.search(quantizeRows(all.subarray(0, 0), DIMENSION), 5, () => true)).toHaveLength(0);
    for (const row of [0, 1, 2]) small.add(row, rows[row] ?? new Float32Array(DIMENSION));
    small.delete(1);
    const three = new GraphSearch((await linksOf(small)).links);
    const quantized = quantizeRows(all.subarray(0, 3 * DIMENSION), DIMENSION);
    quantized.setQuery(rows[1] ?? new Float32Array(DIMENSION));
    expect([...three.search(quantized, 5, (row) => row !== 1)].sort()).toEqual([0, 2]);
  });
});

test('links are read as they were written', async () => {
  const path = join(temporaryFolder(), 'links.bin');
  const to = new SectionWriter(path);
  writeGraphLinks(to, links);
  await to.finish();
  const sections = new SectionReader(path, Uint8Array.from(await readFile(path)));
  expect(readGraphLinks(path, sections, COUNT)).toEqual(links);
  expect(links.upper.length).toBeGreaterThan(0);
  expect(() => readGraphLinks(path, sections, COUNT - 1)).toThrow(
    `holds ${COUNT} points where there are ${COUNT - 1} labels`,
  );
});

test.each([
  ['another dimension', 40, (bytes: Buffer) => bytes.writeBigUInt64LE(bytes.readBigUInt64LE(40) + 8n, 40)],
  ['another number of points', 16, (bytes: Buffer) => bytes.writeBigUInt64LE(BigInt(COUNT + 1), 16)],
  ['another size of a record', 24, (bytes: Buffer) => bytes.writeBigUInt64LE(999n, 24)],
  ['too many links', 96, (bytes: Buffer) => bytes.writeUInt16LE(33, 96)],
  ['a link to no point', 100, (bytes: Buffer) => bytes.writeUInt32LE(COUNT, 100)],
  ['another label', 96 + 4 + 32 * 4 + 4 * DIMENSION, (bytes: Buffer, at: number) => bytes.writeUInt8(7, at)],
])('a file of hnswlib with %s is refused with a sentence', async (_, at, change) => {
  const bytes = Buffer.from(file);
  change(bytes, at);
  const path = join(temporaryFolder(), 'graph.hnsw');
  await writeFile(path, bytes);
  await expect(readLinksOfHnswFile(path, DIMENSION)).rejects.toThrow(/^\S+graph\.hnsw .+, so this/);
  await writeFile(path, file.subarray(0, -1));
  await expect(readLinksOfHnswFile(path, DIMENSION)).rejects.toThrow(/so this generation is damaged/);
});
