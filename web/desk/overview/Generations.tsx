import { useState } from 'preact/hooks';
import { call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { useAnswer } from '../useAnswer.js';
import { RollbackDialog } from './RollbackDialog.js';
import { changedWords, type Generation } from './words.js';

const SHOWN_FIELDS = 3;

/** The indexes on disk: which one serves, what changed from one to the next, and the way back. */
export function Generations() {
  const { answer, error, reload } = useAnswer('generations', (signal) =>
    call('get', '/v1/generations', { signal }),
  );
  const [target, setTarget] = useState<Generation>();
  const [said, setSaid] = useState('');
  const generations = answer?.generations ?? [];
  const current = generations.find((one) => one.current);
  return (
    <section class="panel" aria-labelledby="generations-title">
      <h2 id="generations-title">Index versions</h2>
      <p class="about">Every reindex builds a new version beside the one that serves, and switches to it.</p>
      <p role="status" class="said">
        {said}
      </p>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer !== undefined && generations.length === 0 && (
        <p>There is none yet: import products, then reindex.</p>
      )}
      {generations.length > 0 && (
        <TableFrame labelledBy="generations-title">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Built</th>
                <th scope="col" class="number">
                  Products
                </th>
                <th scope="col">Taxonomy</th>
                <th scope="col">What its reindex changed</th>
                <th scope="col">
                  <span class="hidden">What to do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {generations.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{new Date(one.created).toLocaleString()}</th>
                  <td class="number">{one.products.toLocaleString()}</td>
                  <td>{one.taxonomy}</td>
                  <td>{summary(one)}</td>
                  <td>
                    {one.current ? (
                      <strong>serves now</strong>
                    ) : (
                      <button type="button" class="quiet" onClick={() => setTarget(one)}>
                        Go back<span class="hidden"> to {new Date(one.created).toLocaleString()}</span>…
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      {target !== undefined && (
        <RollbackDialog
          target={target}
          current={current}
          generations={generations}
          onClose={() => setTarget(undefined)}
          onDone={() => {
            setTarget(undefined);
            setSaid(`The version of ${new Date(target.created).toLocaleString()} serves now.`);
            reload();
          }}
        />
      )}
    </section>
  );
}

function summary({ changed }: Generation): string {
  if (changed === undefined) return 'not known';
  const all = changedWords(changed);
  if (all.length === 0) return 'no filled values';
  const more = all.length - SHOWN_FIELDS;
  return `${all.slice(0, SHOWN_FIELDS).join('; ')}${more > 0 ? `; and ${more} more fields` : ''}`;
}
