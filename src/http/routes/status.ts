import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Service } from '../../service/service.js';
import { serviceStatus, serviceStatusSchema } from '../../service/status/serviceStatus.js';

/** GET /v1/status: what an operator looks at first. */
export const statusRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  app.get(
    '/v1/status',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'getStatus',
        summary: 'Get the state of the service: generation, jobs, imports, quality, what is degraded',
        tags: ['operation'],
        response: { 200: serviceStatusSchema },
      },
    },
    () => serviceStatus(service),
  );
};
