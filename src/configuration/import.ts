import { z } from 'zod';
import { DEFAULT_PLACEHOLDERS } from '../text/placeholders.js';

/** How product files are read. */
export const importSchema = z
  .strictObject({
    placeholders: z
      .array(z.string())
      .default([...DEFAULT_PLACEHOLDERS])
      .describe(
        'Texts in product files that mean no value, in every column except the id; upper and lower case are equal, and `-` stands for any dashes. An empty list switches them off.',
      ),
  })
  .describe('How product files are read.');
