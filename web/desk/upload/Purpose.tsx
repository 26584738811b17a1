import { useState } from 'preact/hooks';
import { Check } from './Check.js';
import type { Target } from './sent.js';

interface Props {
  /** Why it cannot start is said elsewhere. */
  readonly blocked: boolean;
  readonly sending: boolean;
  readonly allowClear: boolean;
  readonly allowShrink: boolean;
  readonly onStart: (target: Target, options: Readonly<Record<string, string>>) => void;
}

/** What to do with the file. */
export function Purpose({ blocked, sending, allowClear, allowShrink, onStart }: Props) {
  const [target, setTarget] = useState<Target>(allowClear || allowShrink ? '/v1/import' : '/v1/enrich/files');
  const [learnFrom, setLearnFrom] = useState('shop');
  const [full, setFull] = useState(allowShrink);
  const [replace, setReplace] = useState(false);
  const [clear, setClear] = useState(allowClear);
  const importing = target === '/v1/import';
  // What may delete products or clear values is shown before it is started.
  const previewFirst = full || replace;
  const start = (preview: boolean) =>
    importing
      ? onStart(target, {
          full: String(full),
          replace: String(replace),
          allow_clear: String(!preview && clear),
          preview: String(preview),
        })
      : onStart(target, { learn_from: learnFrom });
  return (
    <form
      class="panel purpose"
      onSubmit={(event) => {
        event.preventDefault();
        start(previewFirst);
      }}
    >
      <fieldset>
        <legend>
          <h2>What to do with it</h2>
        </legend>
        <label class="option">
          <input
            type="radio"
            name="target"
            checked={!importing}
            onChange={() => setTarget('/v1/enrich/files')}
          />
          <span>
            <strong>Fill the blanks and give the file back</strong>
            <span class="about">
              The same file with the same rows and columns; only blank cells get values. The shop stays as it
              is.
            </span>
          </span>
        </label>
        {!importing && (
          <label class="field inset">
            <span>Learn how values are written from</span>
            <select value={learnFrom} onChange={(event) => setLearnFrom(event.currentTarget.value)}>
              <option value="shop">the products of the shop</option>
              <option value="file">the filled rows of this file</option>
            </select>
          </label>
        )}
        <label class="option">
          <input type="radio" name="target" checked={importing} onChange={() => setTarget('/v1/import')} />
          <span>
            <strong>Import it into the shop</strong>
            <span class="about">
              Adds new products and changes the fields that the file has. Other fields and products stay.
            </span>
          </span>
        </label>
        {importing && (
          <div class="inset checks">
            <Check checked={full} onChange={setFull}>
              The file is the whole catalog: delete products that are not in it
            </Check>
            <Check checked={replace} onChange={setReplace}>
              Rows are complete products: remove what a row lacks
            </Check>
            {allowClear && (
              <Check checked={clear} onChange={setClear}>
                Let blank cells clear values, even if they are many
              </Check>
            )}
          </div>
        )}
      </fieldset>
      {importing && previewFirst && (
        <p class="about">First you see which products would be deleted and which values cleared.</p>
      )}
      <div class="actions">
        <button type="submit" class="button primary" disabled={blocked || sending}>
          {sending
            ? 'Sending the file…'
            : !importing
              ? 'Fill the file'
              : previewFirst
                ? 'See what it would change'
                : 'Import the file'}
        </button>
        {importing && !previewFirst && (
          <button type="button" class="button" disabled={blocked || sending} onClick={() => start(true)}>
            See what it would change
          </button>
        )}
      </div>
    </form>
  );
}
