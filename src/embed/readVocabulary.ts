import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { foldLetters } from '../text/fold.js';
import type { ModelCard } from './model.js';

const tokenizerSchema = z.object({
  model: z.object({
    vocab: z.union([z.record(z.string(), z.number()), z.array(z.tuple([z.string(), z.number()]))]),
  }),
});

const WORD = /^\p{L}{3,}$/u;
/** What marks the beginning of a word in other tokenizers than WordPiece, where it is not marked. */
const BEGINNING = /^[▁Ġ]/u;

/**
 * The whole words that the model's tokenizer knows, folded: common words and names of its language. Pieces of words
 * are left out. Empty if the tokenizer has no readable vocabulary.
 */
export async function readVocabulary({ dir }: ModelCard): Promise<ReadonlySet<string>> {
  const text = await readFile(path.join(dir, 'tokenizer.json'), 'utf8').catch(() => '');
  const read = tokenizerSchema.safeParse(parsed(text));
  if (!read.success) return new Set();
  const { vocab } = read.data.model;
  const entries = Array.isArray(vocab) ? vocab.map(([entry]) => entry) : Object.keys(vocab);
  const isMarked = entries.some((entry) => BEGINNING.test(entry));
  const words = entries
    .filter((entry) => !isMarked || BEGINNING.test(entry))
    .map((entry) => foldLetters(entry.replace(BEGINNING, '')));
  return new Set(words.filter((word) => WORD.test(word)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
