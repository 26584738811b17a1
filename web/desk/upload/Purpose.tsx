import { useState } from 'preact/hooks';
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
  const [shrink, setShrink] = useState(allowShrink);
  const importing = target === '/v1/import';
  const start = () =>
    importing
      ? onStart(target, {
          full: String(full),
          replace: String(replace),
          allow_clear: String(clear),
          allow_shrink: String(full && shrink),
        })
      : onStart(target, { learn_from: learnFrom });
  return (
    <form
      class="panel purpose"
      onSubmit={(event) => {
        event.preventDefault();
        start();
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
            {full && !allowShrink && (
              <p class="about">
                If many products are missing, nothing is deleted before you confirm the number.
              </p>
            )}
            {full && allowShrink && (
              <Check checked={shrink} onChange={setShrink}>
                Delete them even if they are many
              </Check>
            )}
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
      <div class="actions">
        <button type="submit" class="button primary" disabled={blocked || sending}>
          {sending ? 'Sending the file…' : importing ? 'Import the file' : 'Fill the file'}
        </button>
      </div>
    </form>
  );
}

interface CheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: string;
}

function Check({ checked, onChange, children }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}
