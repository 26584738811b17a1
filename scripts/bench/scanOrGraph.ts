import path from 'node:path';
import { readVerified } from '../../src/index/files/checksummedFile.js';
import { SectionReader } from '../../src/index/files/sectionReader.js';
import { FILES } from '../../src/index/generation/generationFiles.js';
import { generationDir } from '../../src/index/generation/generations.js';
import { readManifest } from '../../src/index/generation/manifest.js';
import { readGraphLinks } from '../../src/index/vectors/graphLinks.js';
import { GraphSearch } from '../../src/index/vectors/graphSearch.js';
import { readQuantizedFile } from '../../src/index/vectors/quantizedFile.js';
import { SharedRows } from '../../src/index/vectors/sharedRows.js';

export interface ScanOrGraph {
  readonly rows: number;
  /** Microseconds of the median query. */
  readonly scan: number;
  readonly graph: number;
  /** Of the nearest ten and three hundred by int8 rows, those that the graph finds. */
  readonly recall10: number;
  readonly recall300: number;
}

const QUERIES = 50;
/** What a search asks for where it does not scan: LiveVectors.nearestWithin. */
const EF = 600;
const NEAREST = 300;

/** Compares all int8 rows of a generation with a query, or follows its graph: where does the one become slower? */
export async function scanOrGraph(
  folder: string,
  id: string,
  queryOf: (place: number) => Float32Array,
): Promise<ScanOrGraph> {
  const dir = generationDir(folder, id);
  const { files, model } = await readManifest(dir);
  const facts = (name: string) => files[name] ?? { bytes: 0, sha256: '' };
  const shared = await readQuantizedFile(
    path.join(dir, FILES.quantized),
    facts(FILES.quantized),
    model?.dimension ?? 0,
  );
  const linksPath = path.join(dir, FILES.links);
  const sections = new SectionReader(linksPath, await readVerified(linksPath, facts(FILES.links)));
  const graph = new GraphSearch(readGraphLinks(linksPath, sections, shared.count));
  const rows = new SharedRows(shared, 0);
  const cosines = new Float64Array(shared.count);
  const scans: number[] = [];
  const graphs: number[] = [];
  let found10 = 0;
  let found300 = 0;
  for (let place = 0; place < QUERIES; place++) {
    rows.setQuery(queryOf(place));
    let started = performance.now();
    rows.measureAll(cosines);
    scans.push(performance.now() - started);
    started = performance.now();
    const near = graph.search(rows, EF, () => true);
    graphs.push(performance.now() - started);
    const sorted = cosines.slice().sort().reverse();
    const within = (k: number): number =>
      near.subarray(0, k).filter((row) => (cosines[row] ?? 0) >= (sorted[k - 1] ?? 0) - 1e-6).length / k;
    found10 += within(10) / QUERIES;
    found300 += within(NEAREST) / QUERIES;
  }
  const median = (times: number[]): number => 1000 * (times.sort((a, b) => a - b)[QUERIES >> 1] ?? 0);
  return {
    rows: shared.count,
    scan: median(scans),
    graph: median(graphs),
    recall10: found10,
    recall300: found300,
  };
}
