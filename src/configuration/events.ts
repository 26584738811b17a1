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
    max_events: z
      .int()
      .min(1000)
      .max(1_000_000_000)
      .default(20_000_000)
      .describe(
        'Stored events from which further ones are refused, so that a public key cannot fill the disk.',
      ),
  })
  .describe('What shoppers do with results: impressions, clicks, carts and purchases.');
export type EventsSettings = z.infer<typeof eventsSchema>;
