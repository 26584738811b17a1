import { Dialog } from '../../shared/Dialog.js';
import { type Key, nameOf } from './key.js';

interface Props {
  readonly keyToRevoke: Key;
  /** The valid keys that remain. */
  readonly others: readonly Key[];
  /** Whether the desk itself uses it. */
  readonly isOwn: boolean;
  readonly onRevoke: () => void;
  readonly onClose: () => void;
}

/** Says what stops working before a key is revoked, which cannot be undone. */
export function RevokeDialog({ keyToRevoke: key, others, isOwn, onRevoke, onClose }: Props) {
  const admins = others.filter(({ scope }) => scope === 'admin').length;
  return (
    <Dialog class="desk-dialog" labelledBy="revoke" onClose={onClose}>
      <div>
        <h2 id="revoke">Revoke the key {nameOf(key)}?</h2>
        <p>
          Whatever uses it is refused at once, and it cannot be made valid again.{' '}
          {others.length.toLocaleString()} other valid {others.length === 1 ? 'key remains' : 'keys remain'}.
        </p>
        {others.length === 0 && (
          <p class="wrong">
            This is the last valid key. The service still requires one afterwards, so nobody can use it over
            the network or on these pages until somebody on its machine runs{' '}
            <code>shelfwright keys create</code>, or <code>shelfwright keys reopen</code> to use it without
            keys again.
          </p>
        )}
        {others.length > 0 && admins === 0 && key.scope === 'admin' && (
          <p class="wrong">
            No other key has the scope admin. Keys and settings can then only be managed by command, on the
            machine of the service.
          </p>
        )}
        {isOwn && <p>You are using this key: the desk then asks you for another one.</p>}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            Keep it
          </button>
          <button type="button" class="button danger" onClick={onRevoke}>
            Revoke
          </button>
        </div>
      </div>
    </Dialog>
  );
}
