import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Service } from '../../service/service.js';
import { refusing } from '../refusedRules.js';
import { lintAnswer, lintBody, previewAnswer, previewBody, rulesText } from '../rulesParameters.js';

const MAX_BYTES = 4 * 1024 * 1024;

/** POST /v1/rules/lint and /v1/rules/preview: rules looked at before anybody publishes them. */
export const tryRulesRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.post(
    '/v1/rules/lint',
    {
      bodyLimit: MAX_BYTES,
      schema: {
        summary: 'What is wrong with rules',
        description:
          'Errors keep rules from being published; warnings name what the catalog lacks, or what is over.',
        tags: ['rules'],
        body: lintBody,
        response: { 200: lintAnswer },
      },
    },
    async (request) => shop.rules.lint(rulesText(request.body.rules)),
  );
  app.post(
    '/v1/rules/preview',
    {
      bodyLimit: MAX_BYTES,
      schema: {
        summary: 'One search with the rules that serve and with those given, side by side',
        description: 'Nothing is published. `changes` is about the page asked for.',
        tags: ['rules'],
        body: previewBody,
        response: { 200: previewAnswer },
      },
    },
    async ({ body: { rules, search, at } }) =>
      refusing(() =>
        shop.rules.preview(rulesText(rules), search, at === undefined ? undefined : Date.parse(at)),
      ),
  );
};
