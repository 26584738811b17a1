import { expect, it, onTestFinished } from 'vitest';
import { mountObstacle, SmallDisk } from '../../../scripts/torture/smallDisk.js';
import { DiskFullError } from '../../../src/domain/errors.js';
import { storageErrorOf } from '../../../src/domain/storageError.js';
import { HnswBuilder } from '../../../src/index/vectors/hnswBuilder.js';
import { clusteredVectors } from '../products.js';

const missing = mountObstacle();

it.skipIf(missing !== undefined)(
  `reports a full disk as a full disk, not as a damaged graph (${missing ?? 'mounting is allowed'})`,
  async () => {
    const disk = new SmallDisk(4 << 20);
    onTestFinished(() => disk.close());
    const dimension = 64;
    const vectors = clusteredVectors(1000, dimension, 5, 2);
    const keys = vectors.map((_, row) => `k${row}`);
    const graph = await HnswBuilder.start({
      dir: disk.dir,
      model: { sha256: 'f'.repeat(64), dimension },
      keys: new Set(keys),
    });
    const block = new Float32Array(vectors.length * dimension);
    for (const [row, vector] of vectors.entries()) block.set(vector, row * dimension);
    await graph.add(keys, block);
    // Room for the vectors, but not for the graph as well.
    disk.fill(400_000);
    const thrown = await graph.finish().catch((error: unknown) => error);
    expect(storageErrorOf(thrown)).toBeInstanceOf(DiskFullError);
    await graph.abort();
  },
);
