import type { Answer } from '../../shared/call.js';
import { FEATURES } from '../../shared/features.js';
import { counted } from '../../shared/format.js';
import { type Configuration, configurationInWords, SWITCH_NAMES, SWITCHES } from './configuration.js';

interface Props {
  readonly title: string;
  readonly configuration: Configuration;
  /** By the names of features; empty before the first answer. */
  readonly defaults: Readonly<Record<string, number>>;
  /** The indexes on disk. */
  readonly generations: readonly Generation[];
  readonly onChange: (configuration: Configuration) => void;
}

type Generation = Answer<'/v1/generations', 'get'>['generations'][number];

export function ConfigurationForm({ title, configuration, defaults, generations, onChange }: Props) {
  const { off, weights, generation } = configuration;
  const others = generations.filter(({ current }) => !current);
  return (
    <fieldset class="panel configuration">
      <legend>
        {title}: {configurationInWords(configuration)}
      </legend>
      {(others.length > 0 || generation !== undefined) && (
        <label class="field">
          <span>Index</span>
          <select
            value={generation ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              // Filled values can be left out of the index that serves only.
              const kept = value === '' ? off : off.filter((name) => name !== 'facts');
              onChange({ off: kept, weights, ...(value !== '' && { generation: value }) });
            }}
          >
            <option value="">The one that serves</option>
            {generation !== undefined && !others.some(({ id }) => id === generation) && (
              <option value={generation}>{generation}</option>
            )}
            {others.map(({ id, created, products }) => (
              <option key={id} value={id}>
                {new Date(created).toLocaleString()}, {counted(products, 'product')}
              </option>
            ))}
          </select>
        </label>
      )}
      {SWITCH_NAMES.map((name) => (
        <label key={name} class="switch">
          <input
            type="checkbox"
            checked={!off.includes(name)}
            disabled={name === 'facts' && generation !== undefined}
            onChange={() =>
              onChange({
                ...configuration,
                off: SWITCH_NAMES.filter((one) => (one === name ? !off.includes(one) : off.includes(one))),
              })
            }
          />
          {SWITCHES[name]}
        </label>
      ))}
      <details>
        <summary>Weights of the ranking</summary>
        <div class="weights">
          {Object.entries(FEATURES).map(([name, words]) => (
            <label key={name} class="weight">
              <span>{words}</span>
              <input
                type="number"
                min={0}
                max={100}
                step="any"
                placeholder={defaults[name] === undefined ? '' : String(defaults[name])}
                value={weights[name] ?? ''}
                onInput={(event) => {
                  const { value } = event.currentTarget;
                  const { [name]: _before, ...others } = weights;
                  const isGiven = value !== '' && Number(value) >= 0 && Number(value) <= 100;
                  onChange({
                    ...configuration,
                    weights: isGiven ? { ...others, [name]: Number(value) } : others,
                  });
                }}
              />
            </label>
          ))}
        </div>
      </details>
    </fieldset>
  );
}
