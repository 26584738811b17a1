import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The clusters that `madeOnce` keeps: see `openSearch`. */
const KEPT = /^opensearch-\d\.json$/;
const keptSchema = z.object({ made: z.object({ state: z.string() }).optional() });

/** Stops the clusters of `openSearch` of this run. */
export function stopOpenSearch(shared: string): void {
  for (const name of readdirSync(shared)) {
    if (!KEPT.test(name)) continue;
    const { made } = keptSchema.parse(JSON.parse(readFileSync(path.join(shared, name), 'utf8')));
    if (made !== undefined) stopCluster(made.state);
  }
}

/** Kills the nodes of a cluster; their data is of no use to anybody. */
export function stopCluster(state: string, remove = true): void {
  for (const name of readdirSync(state)) {
    if (!name.endsWith('.pid')) continue;
    killNode(state, name.slice(0, -'.pid'.length));
    rmSync(path.join(state, name));
  }
  if (remove) rmSync(state, { recursive: true, force: true, maxRetries: 5 });
}

/** Kills a node (`n1`, `n2`, ...) of a cluster at once. */
export function killNode(state: string, node: string): void {
  try {
    process.kill(Number(readFileSync(path.join(state, `${node}.pid`), 'utf8')), 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
