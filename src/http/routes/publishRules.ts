import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Service } from '../../service/service.js';
import { refusing } from '../refusedRules.js';
import { publishBody, rollBackBody, rulesAnswer, rulesText } from '../rulesParameters.js';

const MAX_BYTES = 4 * 1024 * 1024;

/** PUT /v1/rules and POST /v1/rules/rollback: other rules from the next search on. */
export const publishRulesRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.put(
    '/v1/rules',
    {
      bodyLimit: MAX_BYTES,
      schema: {
        summary: 'Publish merchandising rules as the next version',
        description:
          'They apply from the next search on. 400 with the findings where they have errors; 409 where `if_version` is not the version that serves.',
        tags: ['rules'],
        body: publishBody,
        response: { 200: rulesAnswer },
      },
    },
    async ({ body: { rules, ...publishing } }) =>
      refusing(() => shop.rules.publish(rulesText(rules), publishing)),
  );
  app.post(
    '/v1/rules/rollback',
    {
      schema: {
        summary: 'Publish the rules of an old version again, as the next version',
        tags: ['rules'],
        body: rollBackBody,
        response: { 200: rulesAnswer },
      },
    },
    async ({ body: { to, ...publishing } }) => refusing(() => shop.rules.rollBack(to, publishing)),
  );
};
