import { Dialog } from '../../shared/Dialog.js';

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['j', '↓'], 'next group'],
  [['k', '↑'], 'group before'],
  [['a'], 'accept'],
  [['r'], 'reject'],
  [['c'], 'correct: choose another value'],
  [['u'], 'undo the last decision'],
  [['x', 'Space'], 'leave out a product, or include it again; the first time the most doubtful one'],
  [['→'], 'to the products; there ↓ and ↑ go from one to the next'],
  [['←', 'Esc'], 'back to the groups'],
  [['?'], 'these keys'],
];

/** The keys of the review. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog class="review-dialog" labelledBy="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keys</h2>
      <dl class="review-keys">
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" onClick={onClose}>
        Close
      </button>
    </Dialog>
  );
}
