import { useState } from 'preact/hooks';
import { call } from '../../shared/call.js';
import { counted } from '../../shared/format.js';
import { useDeskAddress } from '../address.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import { Audit } from './Audit.js';
import { BulkChange } from './BulkChange.js';
import { type Cluster, type Decision, DuplicateCluster, keyOf, proposal } from './DuplicateCluster.js';
import { Pager, pageIn } from './Pager.js';
import { Runs } from './Runs.js';

const PER_PAGE = 10;
/** The service takes no more in one request. */
const MAX_CLUSTERS = 1000;

/** Products that are probably the same thing, side by side: which of them stays. */
export function DuplicateView() {
  return <Audit>{(audit) => <Duplicates key={audit} audit={audit} />}</Audit>;
}

function Duplicates({ audit }: { readonly audit: string }) {
  const { parameters } = useDeskAddress();
  const page = pageIn(parameters);
  const [how, setHow] = useState<'archive' | 'delete'>('archive');
  const [decisions, setDecisions] = useState<ReadonlyMap<string, Decision>>(new Map());
  /** Clusters are chosen over pages. */
  const [chosen, setChosen] = useState<ReadonlyMap<string, Decision>>(new Map());
  const { answer, error, reload } = useAnswer(`clusters ${audit} ${page}`, async (signal) => ({
    ...(await call('get', '/v1/audit/clusters', { query: { page, per_page: PER_PAGE }, signal })),
    ...(await call('get', '/v1/spellings/runs', { signal })),
  }));
  if (error !== undefined) return <Failure error={error} onRetry={reload} />;
  if (answer === undefined) return <p class="waiting">Loading…</p>;
  const { total, clusters, runs } = answer;
  const decisionOf = (cluster: Cluster) => decisions.get(keyOf(cluster)) ?? proposal(cluster);
  const choose = (some: readonly Cluster[], on: boolean, decide = decisionOf) => {
    const next = new Map(chosen);
    for (const cluster of some) {
      const decision = decide(cluster);
      if (on && decision !== undefined) next.set(keyOf(cluster), decision);
      else next.delete(keyOf(cluster));
    }
    setChosen(next);
  };
  const open = clusters.filter((cluster) => cluster.keep !== null);
  const removals = [...chosen.values()].filter(({ remove }) => remove.length > 0);
  const count = removals.reduce((sum, { remove }) => sum + remove.length, 0);
  if (total === 0) return <p class="empty">No two products seem to be the same thing.</p>;
  const does = how === 'archive' ? 'archives' : 'deletes';
  const done = how === 'archive' ? 'Archived' : 'Deleted';
  return (
    <>
      <div class="list-head">
        <label class="check">
          <input
            type="checkbox"
            disabled={open.length === 0}
            checked={open.length > 0 && open.every((cluster) => chosen.has(keyOf(cluster)))}
            onChange={(event) => choose(open, event.currentTarget.checked)}
          />
          <span>
            {total > clusters.length
              ? `All on this page; ${counted(total, 'group')} of products seem to be the same thing`
              : `All ${counted(total, 'group')} of products that seem to be the same thing`}
          </span>
        </label>
        <Pager view="duplicates" page={page} pages={Math.ceil(total / PER_PAGE)} />
      </div>
      <fieldset class="kinds removal">
        <legend class="hidden">What happens to duplicates</legend>
        <label class="check">
          <input type="radio" name="how" checked={how === 'archive'} onChange={() => setHow('archive')} />
          <span>Archive: they stay in the catalog, and searches no longer find them</span>
        </label>
        <label class="check">
          <input type="radio" name="how" checked={how === 'delete'} onChange={() => setHow('delete')} />
          <span>Delete: the next import of a file that has them adds them again</span>
        </label>
      </fieldset>
      <ul class="pairs">
        {clusters.map((cluster) => {
          const key = keyOf(cluster);
          const decision = decisionOf(cluster);
          return (
            <li key={key} class="panel" data-chosen={chosen.has(key) || undefined}>
              <DuplicateCluster
                cluster={cluster}
                decision={decision}
                chosen={chosen.has(key)}
                onChoose={(on) => choose([cluster], on)}
                onDecide={(next) => {
                  setDecisions(new Map(decisions).set(key, next));
                  choose([cluster], true, () => next);
                }}
              />
            </li>
          );
        })}
      </ul>
      <div class="list-head">
        <span />
        <Pager view="duplicates" page={page} pages={Math.ceil(total / PER_PAGE)} />
      </div>
      <BulkChange
        what={[count, 'product to remove', 'products to remove']}
        request={JSON.stringify([how, removals])}
        change={
          removals.length > MAX_CLUSTERS
            ? `Choose at most ${MAX_CLUSTERS.toLocaleString()} groups at once.`
            : (preview, by) =>
                call('post', '/v1/audit/duplicates/remove', {
                  body: {
                    removals: removals.map(({ keep, remove }) => ({ keep, remove: [...remove] })),
                    ...{ how, preview, by },
                  },
                })
        }
        words={{
          announced: `This ${does}`,
          order: how === 'archive' ? 'Archive' : 'Delete',
          done: ({ products }) => `${done} ${counted(products, 'product')}.`,
          undone: (restored, kept) =>
            `${counted(restored, 'product is back', 'products are back')}.${kept === 0 ? '' : ` ${counted(kept, 'product was', 'products were')} changed since, and left as they are.`}`,
        }}
        onDone={() => {
          setChosen(new Map());
          setDecisions(new Map());
          reload();
        }}
      />
      <Runs runs={runs} onUndone={reload} />
    </>
  );
}
