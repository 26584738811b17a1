import { z } from 'zod';

/** Events of shoppers. */
export const eventsSchema = z
  .strictObject({
    retention_days: z
      .int()
      .min(0)
      .max(3650)
      .default(90)
      .describe('Days that events, and the searches that they follow, are kept; 0 keeps none.'),
  })
  .describe('What shoppers do with results: impressions, clicks, carts and purchases.');
export type EventsSettings = z.infer<typeof eventsSchema>;
