import { useState } from 'preact/hooks';
import { type Answer, type ApiError, call } from '../../shared/call.js';
import { keepKey, keptKeyId } from '../../shared/key.js';
import { Failure } from '../Failure.js';
import { shownError, useAnswer } from '../useAnswer.js';
import { type Key, nameOf } from './key.js';
import './keys.css';
import { TableFrame } from '../TableFrame.js';
import { NewKeyForm } from './NewKeyForm.js';
import { RevokeDialog } from './RevokeDialog.js';

/** Who may use the service: keys with what they may do. */
export function KeysPage() {
  const { answer, error, reload } = useAnswer('keys', (signal) => call('get', '/v1/keys', { signal }));
  const [made, setMade] = useState<Answer<'/v1/keys', 'post'>>();
  const [revoking, setRevoking] = useState<Key>();
  const [done, setDone] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const valid = answer?.keys.filter(({ revoked }) => revoked === null) ?? [];
  const create = async (wanted: { name: string; scope: Key['scope']; filter?: string }) => {
    const isFirst = answer !== undefined && !answer.required;
    const key = await call('post', '/v1/keys', { body: wanted });
    // The service answers nothing without a key from now on, so the desk goes on with this one.
    if (isFirst) keepKey(key.key);
    setMade(key);
    setDone('');
    reload();
  };
  const revoke = (key: Key) => {
    setRevoking(undefined);
    call('delete', '/v1/keys/{id}', { path: { id: key.id } })
      .then(({ last }) => {
        setDone(
          last
            ? `The key ${nameOf(key)} is revoked. It was the last one: see below how to get back in.`
            : `The key ${nameOf(key)} is revoked.`,
        );
        setProblem(undefined);
        if (made?.id === key.id) setMade(undefined);
        reload();
      })
      .catch((reason: unknown) => setProblem(shownError(reason)));
  };
  return (
    <>
      <div class="section-head">
        <h1>Keys</h1>
      </div>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer !== undefined && (
        <div class="keys-page">
          <p class="about">
            {answer.required
              ? `${valid.length.toLocaleString()} valid ${valid.length === 1 ? 'key' : 'keys'}. Every request needs one.`
              : 'There is no key yet: anybody on this machine can use the service, and nobody else can reach it.'}
          </p>
          <div role="status" class="done">
            {done !== '' && <p>{done}</p>}
          </div>
          {problem !== undefined && (
            <p role="alert" class="wrong">
              {problem.message}
            </p>
          )}
          {made !== undefined && <NewKey made={made} onClose={() => setMade(undefined)} />}
          {answer.keys.length > 0 && <KeyTable keys={answer.keys} onRevoke={setRevoking} />}
          <NewKeyForm isFirst={!answer.required} onCreate={create} />
        </div>
      )}
      {revoking !== undefined && (
        <RevokeDialog
          keyToRevoke={revoking}
          others={valid.filter(({ id }) => id !== revoking.id)}
          isOwn={revoking.id === keptKeyId()}
          onRevoke={() => revoke(revoking)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </>
  );
}

function KeyTable({
  keys,
  onRevoke,
}: {
  readonly keys: readonly Key[];
  readonly onRevoke: (key: Key) => void;
}) {
  const own = keptKeyId();
  return (
    <TableFrame label="Keys">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">May do</th>
            <th scope="col">Sees only</th>
            <th scope="col">Created</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} class={key.revoked === null ? undefined : 'revoked'}>
              <th scope="row">
                {key.name === '' ? '(no name)' : key.name}{' '}
                {key.id === own && <span class="badge">yours</span>}
                <span class="about key-id">{key.id}</span>
              </th>
              <td>{key.scope}</td>
              <td>{key.filter === null ? 'All products' : <code>{key.filter}</code>}</td>
              <td>{new Date(key.created).toLocaleString()}</td>
              <td>
                {key.revoked === null ? (
                  <button
                    type="button"
                    class="quiet"
                    aria-label={`Revoke ${nameOf(key)}`}
                    onClick={() => onRevoke(key)}
                  >
                    Revoke…
                  </button>
                ) : (
                  `Revoked ${new Date(key.revoked).toLocaleString()}`
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

interface NewKeyProps {
  readonly made: Answer<'/v1/keys', 'post'>;
  readonly onClose: () => void;
}

/** The key itself, which only this answer has. */
function NewKey({ made, onClose }: NewKeyProps) {
  const [copied, setCopied] = useState('');
  const copy = () =>
    navigator.clipboard
      .writeText(made.key)
      .then(() => setCopied('Copied.'))
      .catch(() => setCopied('The browser does not let the page copy: select the key and copy it yourself.'));
  return (
    <section class="panel new-key" aria-labelledby="new-key">
      <h2 id="new-key">{made.name === '' ? 'Your new key' : `The key ${made.name}`}</h2>
      <p>
        Save it now: it is shown only this once.{' '}
        {made.id === keptKeyId() && 'The desk uses it from now on, until this tab is closed.'}
      </p>
      <label class="field">
        <span>Key to save</span>
        <input type="text" readOnly value={made.key} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <div class="dialog-actions">
        <span role="status" class="about">
          {copied}
        </span>
        <button type="button" class="button" onClick={onClose}>
          I have saved it
        </button>
        <button type="button" class="button primary" onClick={copy}>
          Copy
        </button>
      </div>
    </section>
  );
}
