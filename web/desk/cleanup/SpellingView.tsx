import { useState } from 'preact/hooks';
import { call } from '../../shared/call.js';
import { shownField } from '../../shared/format.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import { BulkChange } from './BulkChange.js';
import { ClusterRow } from './ClusterRow.js';
import { Runs } from './Runs.js';
import { changesOf, type Decision, keyOf, proposal, type ValueChange } from './spellings.js';

const KINDS = [
  { kind: 'spelling', title: 'Other spellings' },
  { kind: 'typo', title: 'Typing errors' },
  { kind: 'unit', title: 'Other units' },
] as const;
const PER_PAGE = 50;
/** The service takes no more in one request. */
const MAX_CHANGES = 5000;

/** Values that are written in several ways: which of them become one. */
export function SpellingView() {
  const [kinds, setKinds] = useState<readonly string[]>(['spelling', 'typo']);
  const [field, setField] = useState('');
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [decisions, setDecisions] = useState<ReadonlyMap<string, Decision>>(new Map());
  const { answer, error, loading, reload } = useAnswer(`spellings ${kinds.join()}`, (signal) =>
    call('get', '/v1/spellings', { query: { kinds: kinds.join(',') }, signal }),
  );
  if (error !== undefined) return <Failure error={error} onRetry={reload} />;
  if (answer === undefined) return <p class="waiting">Comparing the values of all products…</p>;
  const fields = [...new Set(answer.clusters.map((cluster) => cluster.field))].sort();
  const clusters = answer.clusters.filter((cluster) => field === '' || cluster.field === field);
  const pages = Math.max(1, Math.ceil(clusters.length / PER_PAGE));
  const shown = clusters.slice((Math.min(page, pages) - 1) * PER_PAGE, Math.min(page, pages) * PER_PAGE);
  const decisionOf = (key: string) => decisions.get(key);
  const changes: ValueChange[] = answer.clusters
    .filter((cluster) => chosen.has(keyOf(cluster)))
    .flatMap((cluster) => changesOf(cluster, decisionOf(keyOf(cluster)) ?? proposal(cluster)));
  const choose = (keys: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const key of keys) on ? next.add(key) : next.delete(key);
    setChosen(next);
  };
  const all = clusters.map(keyOf);
  const allChosen = all.length > 0 && all.every((key) => chosen.has(key));
  return (
    <>
      <div class="filters">
        <fieldset class="kinds">
          <legend class="hidden">Kinds of differences</legend>
          {KINDS.map(({ kind, title }) => (
            <label key={kind} class="check">
              <input
                type="checkbox"
                checked={kinds.includes(kind)}
                disabled={kinds.length === 1 && kinds.includes(kind)}
                onChange={(event) => {
                  const on = event.currentTarget.checked;
                  setPage(1);
                  setKinds(
                    KINDS.map((one) => one.kind).filter((one) => (one === kind ? on : kinds.includes(one))),
                  );
                }}
              />
              <span>{title}</span>
            </label>
          ))}
        </fieldset>
        <label class="field inline">
          <span>Field</span>
          <select
            value={field}
            onChange={(event) => {
              setPage(1);
              setField(event.currentTarget.value);
            }}
          >
            <option value="">All fields</option>
            {fields.map((one) => (
              <option key={one} value={one}>
                {shownField(one)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {clusters.length === 0 ? (
        <p class="empty">
          {loading ? 'Comparing…' : 'Every value is written in one way. Nothing to clean up here.'}
        </p>
      ) : (
        <>
          <div class="list-head">
            <label class="check">
              <input
                type="checkbox"
                checked={allChosen}
                onChange={(event) => choose(all, event.currentTarget.checked)}
              />
              <span>
                All {clusters.length.toLocaleString()} {clusters.length === 1 ? 'group' : 'groups'}
              </span>
            </label>
            {pages > 1 && (
              <span class="pager">
                <button
                  type="button"
                  class="button small"
                  disabled={page <= 1}
                  onClick={() => setPage(page - 1)}
                >
                  Previous
                </button>
                <span class="about">
                  Page {Math.min(page, pages)} of {pages}
                </span>
                <button
                  type="button"
                  class="button small"
                  disabled={page >= pages}
                  onClick={() => setPage(page + 1)}
                >
                  Next
                </button>
              </span>
            )}
          </div>
          <ul class="clusters">
            {shown.map((cluster) => {
              const key = keyOf(cluster);
              return (
                <ClusterRow
                  key={key}
                  cluster={cluster}
                  chosen={chosen.has(key)}
                  decision={decisionOf(key) ?? proposal(cluster)}
                  onChoose={(on) => choose([key], on)}
                  onDecide={(decision) => {
                    setDecisions(new Map(decisions).set(key, decision));
                    choose([key], true);
                  }}
                />
              );
            })}
          </ul>
        </>
      )}
      <BulkChange
        what={[changes.length, 'value', 'values']}
        request={JSON.stringify(changes)}
        change={
          changes.length > MAX_CHANGES
            ? `Choose at most ${MAX_CHANGES.toLocaleString()} values at once.`
            : (preview, by) =>
                call('post', '/v1/spellings/apply', { body: { changes: [...changes], preview, by } })
        }
        onDone={() => {
          setChosen(new Set());
          setDecisions(new Map());
          reload();
        }}
      />
      <Runs runs={answer.runs} onUndone={reload} />
    </>
  );
}
