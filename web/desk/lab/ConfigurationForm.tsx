import { FEATURES } from '../../shared/features.js';
import { type Configuration, configurationInWords, SWITCH_NAMES, SWITCHES } from './configuration.js';

interface Props {
  readonly title: string;
  readonly configuration: Configuration;
  /** By the names of features; empty before the first answer. */
  readonly defaults: Readonly<Record<string, number>>;
  readonly onChange: (configuration: Configuration) => void;
}

export function ConfigurationForm({ title, configuration, defaults, onChange }: Props) {
  const { off, weights } = configuration;
  return (
    <fieldset class="panel configuration">
      <legend>
        {title}: {configurationInWords(configuration)}
      </legend>
      {SWITCH_NAMES.map((name) => (
        <label key={name} class="switch">
          <input
            type="checkbox"
            checked={!off.includes(name)}
            onChange={() =>
              onChange({
                weights,
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
                  onChange({ off, weights: isGiven ? { ...others, [name]: Number(value) } : others });
                }}
              />
            </label>
          ))}
        </div>
      </details>
    </fieldset>
  );
}
