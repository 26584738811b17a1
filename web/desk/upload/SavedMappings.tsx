import { useState } from 'preact/hooks';
import { ApiError, call, sendRaw } from '../../shared/call.js';
import type { Mapping } from './mapping.js';

interface Props {
  readonly mappings: readonly Mapping[];
  /** The name of the mapping in use. */
  readonly used: string | undefined;
  /** Undefined: what the columns look like. */
  readonly onUse: (mapping: Mapping | undefined) => void;
  /** The present choices as a mapping. */
  readonly current: Omit<Mapping, 'name'>;
  readonly onSaved: (name: string) => void;
}

/** The mapping of a supplier: chosen, saved, removed. */
export function SavedMappings({ mappings, used, onUse, current, onSaved }: Props) {
  const [name, setName] = useState(used ?? '');
  const [said, setSaid] = useState('');
  const act = (work: () => Promise<unknown>, done: string, after: () => void) =>
    work().then(
      () => {
        setSaid(done);
        after();
      },
      (error: unknown) =>
        setSaid(error instanceof ApiError ? error.message : 'That did not work; try again.'),
    );
  const save = () => {
    const wanted = name.trim();
    if (wanted === '') return;
    void act(
      () => call('put', '/v1/mappings/{name}', { path: { name: wanted }, body: current }),
      `Saved as “${wanted}”. Files with these columns are read like this from now on.`,
      () => onSaved(wanted),
    );
  };
  return (
    <div class="mappings">
      {mappings.length > 0 && (
        <label class="field">
          <span>Columns as for</span>
          <select
            value={used ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              onUse(mappings.find((one) => one.name === value));
              setName(value);
            }}
          >
            <option value="">What the columns look like</option>
            {mappings.map((mapping) => (
              <option key={mapping.name} value={mapping.name}>
                {mapping.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <form
        class="save-mapping"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label class="field">
          <span>Save for next time as</span>
          <input
            type="text"
            value={name}
            maxLength={100}
            placeholder="Name of the supplier"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button" disabled={name.trim() === ''}>
          Save columns
        </button>
        {used !== undefined && (
          <button
            type="button"
            class="quiet"
            onClick={() =>
              void act(
                () => removeMapping(used),
                `“${used}” is removed.`,
                () => onSaved(''),
              )
            }
          >
            Forget “{used}”
          </button>
        )}
      </form>
      <p class="about" role="status">
        {said}
      </p>
    </div>
  );
}

async function removeMapping(name: string): Promise<void> {
  await sendRaw(`/v1/mappings/${encodeURIComponent(name)}`, { method: 'DELETE' });
}
