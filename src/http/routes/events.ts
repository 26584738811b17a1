import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { FieldProblem } from '../../domain/fieldProblem.js';
import { eventsOfAlgolia } from '../../events/algoliaEvent.js';
import type { Service } from '../../service/service.js';
import { readTextAsJson } from '../algolia/readTextAsJson.js';
import { MEGABYTE } from '../bodies/limits.js';
import { answerRows, refusedRow, rowsBody, streamRows, takesRows } from '../bodies/rows.js';
import { HttpError } from '../problem.js';

const MAX_EVENTS = 1000;
const MAX_BODY_MB = 1;
/** Written in one transaction. */
const BATCH = 250;

const eventAnswer = z.object({
  results: z.array(
    z.union([
      z.object({
        status: z
          .enum(['stored', 'duplicate'])
          .describe('`duplicate`: an event with this `event_attributes.event_id` was stored before.'),
        dropped: z
          .array(z.string())
          .optional()
          .describe('Members that are not stored, because they may say who the shopper is.'),
      }),
      refusedRow,
    ]),
  ),
});

/** POST /v1/events and Algolia's POST /1/events: what shoppers do with results. */
export const eventRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['events'];

  // In a scope of its own, so that the other routes refuse NDJSON bodies.
  await app.register(async (bulk) => {
    streamRows(bulk);
    bulk.post(
      '/v1/events',
      {
        config: { scope: 'search' },
        bodyLimit: MAX_BODY_MB * MEGABYTE,
        validatorCompiler: takesRows.validatorCompiler,
        schema: {
          operationId: 'addEvents',
          summary: 'Store events: impressions, clicks, carts, purchases',
          description: `Events of User Behavior Insights (UBI) 1.3.0: one, a list of at most ${MAX_EVENTS}, {"events": [...]}, or one per line as application/x-ndjson. \`action_name\` is impression, click, add_to_cart, purchase, search or a name of your own; \`query_id\` is that of the search's answer. Purchases may have \`quantity\`, \`price\` and \`order_id\` in \`event_attributes\`; an event with an \`event_id\` there is stored once. Each row is answered in order; 400 only if every row is refused. Stored events are on disk when the answer comes.`,
          tags,
          consumes: takesRows.consumes,
          body: rowsBody,
          response: { 200: eventAnswer },
        },
      },
      async (request) => ({ results: await answerEvents(request, service) }),
    );
  });

  const algoliaEvents: FastifyPluginAsyncZod = async (algolia) => {
    readTextAsJson(algolia);
    algolia.post(
      '/1/events',
      {
        config: { scope: 'search', algoliaKey: true },
        bodyLimit: MAX_BODY_MB * MEGABYTE,
        schema: {
          operationId: 'algoliaEvents',
          summary: "Store events in the format of Algolia's Insights",
          description:
            'As InstantSearch sends them with `insights: true`: view, click and conversion (addToCart, purchase). Each object of an event is one event of ours.',
          tags: ['algolia'],
          body: z.looseObject({ events: z.array(z.unknown()).min(1).max(MAX_EVENTS) }),
          response: { 200: z.object({ status: z.literal(200), message: z.string() }) },
        },
      },
      async (request) => {
        const now = Date.now();
        const rows = request.body.events.flatMap((event, place) =>
          eventsOfAlgolia(event, now).map((value) => ({ place, value })),
        );
        const results = await service.events.add(rows.map(({ value }) => value));
        const refused = results.flatMap((result, index): FieldProblem[] => {
          if (result.status !== 'refused') return [];
          const place = `events.${rows[index]?.place ?? 0}`;
          return [{ field: result.field === '' ? place : `${place}.${result.field}`, reason: result.reason }];
        });
        const [first] = refused;
        if (first !== undefined)
          throw new HttpError(
            422,
            `${refused.length} of ${rows.length} events were refused, the others are stored; the first, ${first.field}: ${first.reason}.`,
            refused,
          );
        return { status: 200, message: 'OK' } as const;
      },
    );
  };
  await app.register(algoliaEvents);
};

function answerEvents(request: FastifyRequest, service: Service) {
  const options = { batch: BATCH, max: MAX_EVENTS, of: 'events' };
  return answerRows(request.body, options, async (rows) => {
    const results = await service.events.add(rows.map(({ value }) => value));
    return results.map((result, index) =>
      result.status === 'refused' ? { row: rows[index]?.row ?? 0, ...result } : result,
    );
  });
}
