import { z } from 'zod';

export const queriesSchema = z
  .strictObject({
    retention_days: z
      .int()
      .min(0)
      .max(3650)
      .default(30)
      .describe('Days that logged queries are kept; 0 logs none.'),
  })
  .describe('The query log.');
