import { type Configuration, configurationSchema } from './configuration.js';
import { sectionsOf } from './configurationKeys.js';
import type { ValueOrigin } from './configurationLayers.js';
import { maskSecrets } from './maskSecrets.js';

/** A setting as people read it. */
interface DescribedSetting {
  /** `server.port` */
  readonly path: string;
  readonly description: string;
  /** In effect; secrets are masked. */
  readonly value: unknown;
  readonly default: unknown;
  readonly from: ValueOrigin['from'];
  /** `--port`, `SHELFWRIGHT_SERVER_PORT`, `shelfwright.yaml, line 3`; null for a default. */
  readonly place: string | null;
  /** `a whole number from 0 to 65535` */
  readonly expected: string;
  readonly variable: string;
}

export interface DescribedSettings {
  readonly file: string | null;
  readonly sections: {
    readonly name: string;
    readonly description: string;
    readonly settings: DescribedSetting[];
  }[];
}

/** Where the settings of a process come from. */
export interface SettingsSource {
  readonly file: string | undefined;
  readonly origins: ReadonlyMap<string, ValueOrigin>;
}

/** Every setting with its value, origin and allowed values, in the order of the schema. */
export function describeSettings(
  configuration: Configuration,
  { file, origins }: SettingsSource = { file: undefined, origins: new Map() },
): DescribedSettings {
  const values: Readonly<Record<string, Readonly<Record<string, unknown>>>> = configuration;
  return {
    file: file ?? null,
    sections: sectionsOf(configurationSchema).map(({ name, description, keys }) => ({
      name,
      description,
      settings: keys.map(({ path, section, key, description, defaultValue, expected, variable }) => {
        const { from, place } = origins.get(path) ?? { from: 'default', place: undefined };
        const value = maskSecrets(path, values[section]?.[key]);
        return {
          ...{ path, description, value, default: maskSecrets(path, defaultValue) },
          ...{ from, place: place ?? null, expected, variable },
        };
      }),
    })),
  };
}
