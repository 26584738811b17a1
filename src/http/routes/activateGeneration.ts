import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';

const generationParameter = z.object({
  id: z.string().min(1).describe('A generation from /v1/generations.'),
});

/** POST /v1/generations/:id/activate: has that generation serve from now on. */
export const activateGenerationRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.post(
    '/v1/generations/:id/activate',
    {
      schema: {
        summary: 'Serve another generation',
        tags: ['operation'],
        params: generationParameter,
        response: { 200: z.object({ current: z.string() }) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const known = (await shop.generations()).map((generation) => generation.id);
      if (!known.includes(id)) {
        const there = known.length === 0 ? 'there is none yet' : `there are ${known.join(', ')}`;
        throw new HttpError(404, `There is no generation ${JSON.stringify(id)}; ${there}.`);
      }
      await shop.activate(id);
      return { current: id };
    },
  );
};
