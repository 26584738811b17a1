import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';

const settingsAnswer = z.object({
  file: z.string().nullable().describe('The configuration file that was read.'),
  sections: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      settings: z.array(
        z.object({
          path: z.string(),
          description: z.string(),
          value: z.unknown().describe('Secrets are masked.'),
          default: z.unknown(),
          from: z.enum(['flag', 'environment', 'file', 'default']),
          place: z.string().nullable().describe('The flag, the variable, or the line of the file.'),
          expected: z.string().describe('The accepted values, in words.'),
          variable: z.string().describe('The environment variable that sets it.'),
        }),
      ),
    }),
  ),
});

/** GET /v1/settings: every setting of the running service and where its value comes from. */
export const settingRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  app.get(
    '/v1/settings',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'getSettings',
        summary: 'Get every setting with its value and origin; secrets are masked',
        tags: ['operation'],
        response: { 200: settingsAnswer },
      },
    },
    async () => service.settings(),
  );
};
