import { useState } from 'preact/hooks';
import { ApiError, call, KeyError } from '../../shared/call.js';
import { Dialog } from '../../shared/Dialog.js';
import { Failure } from '../Failure.js';
import { changedWords, type Generation } from './words.js';

interface Props {
  readonly target: Generation;
  readonly current: Generation | undefined;
  /** Newest first. */
  readonly generations: readonly Generation[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says what changes between two versions before it switches. */
export function RollbackDialog({ target, current, generations, onClose, onDone }: Props) {
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const activate = () => {
    setBusy(true);
    setError(undefined);
    call('post', '/v1/generations/{id}/activate', { path: { id: target.id } })
      .then(onDone)
      .catch((failed: unknown) => {
        // The frame asks for a key, which a modal dialog would cover.
        if (failed instanceof KeyError) return onClose();
        setBusy(false);
        setError(failed instanceof ApiError ? failed : new ApiError(0, 'It was not switched.', []));
      });
  };
  const between = reindexesBetween(generations, target, current);
  const known = between.flatMap(({ changed }) => (changed === undefined ? [] : [changed]));
  const lines = changedWords(sumOf(known));
  const isBack = current === undefined || target.created < current.created;
  return (
    <Dialog class="rollback" labelledBy="rollback-title" onClose={onClose}>
      <h2 id="rollback-title">Serve the version of {new Date(target.created).toLocaleString()}?</h2>
      <dl>
        <div>
          <dt>Products in the index</dt>
          <dd>
            {current !== undefined && `${current.products.toLocaleString()} → `}
            {target.products.toLocaleString()}
          </dd>
        </div>
        {current !== undefined && current.taxonomy !== target.taxonomy && (
          <div>
            <dt>Taxonomy</dt>
            <dd>
              {current.taxonomy} → {target.taxonomy}
            </dd>
          </div>
        )}
        {current !== undefined && current.model !== target.model && (
          <div>
            <dt>Model</dt>
            <dd>
              {current.model} → {target.model}
            </dd>
          </div>
        )}
      </dl>
      {lines.length > 0 && (
        <>
          <p>
            {isBack ? 'This takes back what' : 'This brings back what'}{' '}
            {between.length === 1 ? 'one reindex' : `${between.length.toLocaleString()} reindexes`} changed in
            what shoppers see:
          </p>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {known.length < between.length && (
        <p class="about">What some of the reindexes between them changed is not recorded.</p>
      )}
      <p class="about">
        Products, prices and decisions written since stay as they are. You can switch again at any time; the
        next reindex builds a new version.
      </p>
      {error !== undefined && <Failure error={error} onRetry={activate} />}
      <div class="buttons">
        <button type="button" class="button primary" disabled={busy} onClick={activate}>
          Serve this version
        </button>
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}

/** Those whose reindex lies between the two versions, the newer one included. */
function reindexesBetween(
  generations: readonly Generation[],
  one: Generation,
  other: Generation | undefined,
): Generation[] {
  if (other === undefined) return [];
  const places = [generations.indexOf(one), generations.indexOf(other)];
  return generations.slice(Math.min(...places), Math.max(...places));
}

function sumOf(all: readonly NonNullable<Generation['changed']>[]): NonNullable<Generation['changed']> {
  const sums: NonNullable<Generation['changed']> = {};
  for (const changed of all) {
    for (const [field, { applied, unapplied }] of Object.entries(changed)) {
      const sum = sums[field] ?? { applied: 0, unapplied: 0 };
      sums[field] = { applied: sum.applied + applied, unapplied: sum.unapplied + unapplied };
    }
  }
  return sums;
}
