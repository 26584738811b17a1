import { useState } from 'preact/hooks';
import { type Answer, call } from '../../shared/call.js';
import { useDeskAddress } from '../address.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { useAnswer } from '../useAnswer.js';
import { Audit } from './Audit.js';
import { BulkChange } from './BulkChange.js';
import { Pager, pageIn } from './Pager.js';
import { ProductName } from './ProductName.js';
import { Runs } from './Runs.js';

type Finding = Answer<'/v1/audit/findings', 'get'>['findings'][number];
const PER_PAGE = 25;

/** Products that are probably filed under a wrong category. */
export function CategoryView() {
  return <Audit>{(audit) => <Categories key={audit} audit={audit} />}</Audit>;
}

function Categories({ audit }: { readonly audit: string }) {
  const { parameters } = useDeskAddress();
  const page = pageIn(parameters);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState<ReadonlyMap<string, string>>(new Map());
  const list = useAnswer(`findings ${audit} ${page}`, (signal) =>
    call('get', '/v1/audit/findings', { query: { kind: 'category', page, per_page: PER_PAGE }, signal }),
  );
  const past = useAnswer('runs', (signal) => call('get', '/v1/spellings/runs', { signal }));
  if (list.error !== undefined) return <Failure error={list.error} onRetry={list.reload} />;
  if (list.answer === undefined) return <p class="waiting">Loading…</p>;
  const { total, findings } = list.answer;
  if (total === 0) return <p class="empty">No product seems to be in a wrong category.</p>;
  const open = findings.filter(({ changed }) => !changed);
  const categoryOf = (finding: Finding) => edited.get(finding.id) ?? String(finding.suggestion ?? '');
  const corrections = open
    .filter((finding) => chosen.has(finding.id) && categoryOf(finding).trim() !== '')
    .map((finding) => ({ id: finding.id, category: categoryOf(finding).trim() }));
  const choose = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    setChosen(next);
  };
  const reload = () => {
    setChosen(new Set());
    list.reload();
    past.reload();
  };
  return (
    <>
      <div class="list-head">
        <label class="check">
          <input
            type="checkbox"
            checked={open.length > 0 && open.every(({ id }) => chosen.has(id))}
            disabled={open.length === 0}
            onChange={(event) =>
              choose(
                open.map(({ id }) => id),
                event.currentTarget.checked,
              )
            }
          />
          <span>
            All on this page, of {total.toLocaleString()} {total === 1 ? 'product' : 'products'}
          </span>
        </label>
        <Pager view="categories" page={page} pages={Math.ceil(total / PER_PAGE)} />
      </div>
      <TableFrame label="Products that seem to be in a wrong category">
        <table class="table findings">
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">Choose</span>
              </th>
              <th scope="col">Product</th>
              <th scope="col">Filed under</th>
              <th scope="col">Better</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <tr key={finding.id} data-done={finding.changed ? '' : undefined}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Correct ${titleOf(finding)}`}
                    checked={chosen.has(finding.id)}
                    disabled={finding.changed}
                    onChange={(event) => choose([finding.id], event.currentTarget.checked)}
                  />
                </td>
                <th scope="row">
                  <ProductName id={finding.id} product={finding.product} />
                </th>
                <td>{String(finding.value ?? '')}</td>
                <td>
                  {finding.changed ? (
                    <span class="about">
                      {finding.product === null
                        ? 'The product is gone'
                        : `Now ${String(finding.product.category ?? 'without a category')}`}
                    </span>
                  ) : (
                    <textarea
                      rows={2}
                      aria-label={`Better category of ${titleOf(finding)}`}
                      value={categoryOf(finding)}
                      maxLength={1000}
                      onInput={(event) => {
                        setEdited(new Map(edited).set(finding.id, event.currentTarget.value));
                        choose([finding.id], true);
                      }}
                    />
                  )}
                </td>
                <td class="about">{finding.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <BulkChange
        what={[corrections.length, 'product', 'products']}
        request={JSON.stringify(corrections)}
        change={(preview, by) =>
          call('post', '/v1/audit/categories', { body: { corrections: [...corrections], preview, by } })
        }
        onDone={reload}
      />
      <Runs runs={past.answer?.runs ?? []} onUndone={reload} />
    </>
  );
}

function titleOf({ id, product }: Finding): string {
  return typeof product?.title === 'string' ? product.title : id;
}
