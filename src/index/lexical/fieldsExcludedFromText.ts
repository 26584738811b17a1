import { z } from 'zod';
import type { Product } from '../../domain/product.js';
import { fold } from '../../text/fold.js';

const notesSchema = z.object({
  facts: z.array(
    z.object({
      field: z.string(),
      value: z.unknown(),
      method: z.string(),
      evidence: z.object({ quote: z.string().optional() }),
    }),
  ),
});

const NONE: ReadonlySet<string> = new Set();
/** What the text implies and does not say. */
const IMPLYING = new Set(['neighbours', 'classifier']);

/**
 * Attributes that the enricher filled and that words do not look in: those that nothing in the text says (a
 * guess by resemblance would answer for words that nobody wrote), and those that the text says to the letter
 * (it is read already, and would count twice). What a lookup brought to another spelling is read.
 */
export function fieldsExcludedFromText(product: Product): ReadonlySet<string> {
  if (product._shelfwright === undefined) return NONE;
  const notes = notesSchema.safeParse(product._shelfwright);
  if (!notes.success) return NONE;
  const unspoken = new Set<string>();
  for (const { field, value, method, evidence } of notes.data.facts) {
    if (field === 'category') continue;
    if (
      IMPLYING.has(method) ||
      (evidence.quote !== undefined && fold(evidence.quote) === fold(String(value)))
    )
      unspoken.add(field);
  }
  return unspoken;
}
