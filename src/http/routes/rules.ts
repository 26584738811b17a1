import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';
import { rulesAnswer, versionAnswer, versionsAnswer } from '../rulesParameters.js';
import { wholeNumber } from '../searchParameters.js';

/** GET /v1/rules and its versions: the merchandising rules that serve, and those that did. */
export const rulesRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  const tags = ['rules'];
  app.get(
    '/v1/rules',
    { schema: { summary: 'The merchandising rules that serve', tags, response: { 200: rulesAnswer } } },
    async () => shop.rules.current(),
  );
  app.get(
    '/v1/rules/versions',
    { schema: { summary: 'Every published version, newest first', tags, response: { 200: versionsAnswer } } },
    async () => ({ versions: shop.rules.versions() }),
  );
  app.get(
    '/v1/rules/versions/:version',
    {
      schema: {
        summary: 'The rules of one version',
        tags,
        params: z.object({ version: wholeNumber() }),
        response: { 200: versionAnswer },
      },
    },
    async (request) => {
      const { version } = request.params;
      const found = shop.rules.version(version);
      if (found === undefined)
        throw new HttpError(
          404,
          `There is no version ${version} of the rules; /v1/rules/versions lists what there is.`,
        );
      return found;
    },
  );
};
