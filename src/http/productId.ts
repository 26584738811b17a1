import { z } from 'zod';
import { HttpError } from './problem.js';

/** The merchant's own id, percent-encoded in the path: `/v1/products/AB%2F12`. */
export const idParameter = z.object({
  id: z.string().min(1).describe("The merchant's own id, percent-encoded."),
});

export function noSuchProduct(id: string): HttpError {
  return new HttpError(404, `There is no product with the id ${JSON.stringify(id)}.`);
}
