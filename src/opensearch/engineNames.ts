import { generationId } from '../index/generation/generations.js';
import { DOCUMENT_VERSION } from './indexTemplate.js';

/** The names of everything that one catalog has in the engine. No prefix has the sign that ends it, `_`. */
export interface EngineNames {
  readonly template: string;
  /** Matches the indexes of all generations, and nothing of another catalog. */
  readonly pattern: string;
  /** The alias of the generation that serves. */
  readonly current: string;
  /** Up to which change each generation is. */
  readonly state: string;
  readonly bundle: string;
  /** The index of a generation. @throws UserError for what is no id. */
  index(generation: string): string;
  /** The reverse; undefined for an index that is none of ours. */
  generationOf(index: string): string | undefined;
}

/** `prefix` is checked by the configuration: letters, digits and hyphens. */
export function engineNames(prefix: string): EngineNames {
  const start = `${prefix}_v${DOCUMENT_VERSION}_`;
  return {
    template: `${prefix}_v${DOCUMENT_VERSION}`,
    pattern: `${start}*`,
    current: `${prefix}-current`,
    state: `${prefix}-state`,
    bundle: `${prefix}-bundle`,
    index: (generation) => start + generationId(generation),
    generationOf: (index) => {
      const id = index.startsWith(start) ? index.slice(start.length) : '';
      try {
        return generationId(id);
      } catch {
        return undefined;
      }
    },
  };
}
