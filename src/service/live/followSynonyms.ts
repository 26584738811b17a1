import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { parseYaml } from '../../domain/readYaml.js';
import { YamlLines } from '../../domain/yamlLines.js';
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
 * The synonyms of a shop: those of its taxonomy and of `synonyms.yaml` in the data folder. The file is read anew when it has
 * changed; where it cannot be read, the last that could stays.
 */
export class SynonymsFollower {
  private readonly file: string;
  private seen = '';
  private rules: readonly SynonymRule[] = [];
  private compiled: Synonyms = NO_SYNONYMS;
  private taxonomy: TaxonomyView | undefined;
  private problem: string | undefined;

  constructor(dataDir: string) {
    this.file = path.join(dataDir, SYNONYMS_FILE);
  }

  /** A sentence, where the file as it stands is not what is used. */
  get reason(): string | undefined {
    return this.problem;
  }

  get synonyms(): Synonyms {
    return this.compiled;
  }

  /** Takes what the file and the taxonomy say now. */
  async reloadIfChanged(taxonomy: TaxonomyView | undefined): Promise<void> {
    const found = await stat(this.file).catch(() => undefined);
    const seen = found === undefined ? 'none' : `${found.mtimeMs} ${found.size} ${found.ino}`;
    if (seen === this.seen && taxonomy === this.taxonomy) return;
    if (seen !== this.seen) {
      try {
        this.rules =
          found === undefined ? [] : readSynonymsFile(this.file, await readFile(this.file, 'utf8'));
        this.problem = undefined;
      } catch (error) {
        this.problem = `The synonyms were kept as they were: ${sentenceOf(error)}`;
      }
    }
    this.seen = seen;
    this.taxonomy = taxonomy;
    const own = taxonomy === undefined ? [] : taxonomySynonyms(taxonomy);
    this.compiled = compileSynonyms([...this.rules, ...own]);
  }
}

/**
 * Reads the text of a synonyms file: `format: 1` and a list `synonyms`, each line as `readSynonyms` takes it.
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
