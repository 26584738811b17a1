import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { parseYaml, YamlLines } from '../../domain/readYaml.js';
import {
  compileSynonyms,
  NO_SYNONYMS,
  readSynonyms,
  type SynonymRule,
  type Synonyms,
  taxonomySynonyms,
} from '../../search/understand/synonyms.js';
import type { TaxonomyView } from '../../taxonomy/view.js';

const SYNONYMS_FILE = 'synonyms.yaml';

const FORMAT = 1;
const fileSchema = z.strictObject({ format: z.literal(FORMAT), synonyms: z.array(z.string()) });

/**
 * The synonyms of the taxonomy and of `synonyms.yaml` in the data folder. The file is read again when it changes; where
 * it cannot be read, the synonyms read last stay.
 */
export class SynonymsFollower {
  private readonly file: string;
  private fileState = '';
  private rules: readonly SynonymRule[] = [];
  private compiled: Synonyms = NO_SYNONYMS;
  private taxonomy: TaxonomyView | undefined;
  private readProblem: string | undefined;

  constructor(dataDir: string) {
    this.file = path.join(dataDir, SYNONYMS_FILE);
  }

  /** Why the file is not in use; undefined where it is. */
  get problem(): string | undefined {
    return this.readProblem;
  }

  /** Those of the file, as read last. */
  get ownRules(): readonly SynonymRule[] {
    return this.rules;
  }

  get synonyms(): Synonyms {
    return this.compiled;
  }

  /** Reads the file again where it or the taxonomy has changed. */
  async reloadIfChanged(taxonomy: TaxonomyView | undefined): Promise<void> {
    const found = await stat(this.file).catch(() => undefined);
    const fileState = found === undefined ? 'none' : `${found.mtimeMs} ${found.size} ${found.ino}`;
    if (fileState === this.fileState && taxonomy === this.taxonomy) return;
    if (fileState !== this.fileState) {
      try {
        this.rules =
          found === undefined ? [] : readSynonymsFile(this.file, await readFile(this.file, 'utf8'));
        this.readProblem = undefined;
      } catch (error) {
        this.readProblem = `The synonyms read last still apply: ${sentenceOf(error)}`;
      }
    }
    this.fileState = fileState;
    this.taxonomy = taxonomy;
    const own = taxonomy === undefined ? [] : taxonomySynonyms(taxonomy);
    this.compiled = compileSynonyms([...this.rules, ...own]);
  }
}

/**
 * Reads the text of a synonyms file: `format: 1` and a list `synonyms` of lines for `readSynonyms`.
 * @throws UserError that names the file, the line and what was expected.
 */
export function readSynonymsFile(file: string, text: string): SynonymRule[] {
  const content = parseYaml(text, file);
  const lines = new YamlLines(text);
  const at = (place: readonly (string | number)[]): string => `${file}, line ${lines.lineOf(place) ?? 1}`;
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
    throw new UserError(
      `${at(place)}: ${place.join('.')} ${issue?.message ?? ''}; expected format: ${FORMAT} and a list synonyms of lines such as 'tv, television'`,
    );
  }
  return parsed.data.synonyms.flatMap((line, i) => {
    try {
      return readSynonyms(line);
    } catch (error) {
      throw new UserError(`${at(['synonyms', i])}: ${sentenceOf(error)}`);
    }
  });
}
