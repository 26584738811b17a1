import { readFile } from 'node:fs/promises';
import { sentenceOf, UserError } from '../domain/errors.js';

/** The text of a rules file. @throws UserError if it cannot be read. */
export async function rulesFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${sentenceOf(error)}; name a YAML or JSON file of rules.`);
  }
}
