import { readFile } from 'node:fs/promises';
import { sentenceOf, UserError } from '../domain/errors.js';

/** @throws UserError for a file that cannot be read. */
export async function rulesFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${sentenceOf(error)}; name a file of rules.`);
  }
}
