import { z } from 'zod';

export const queriesSchema = z
  .strictObject({
    retention_days: z
      .int()
      .min(0)
      .max(3650)
      .default(30)
      .describe('Days that searched queries are kept for; 0 keeps none.'),
  })
  .describe('The log of what people search for.');
