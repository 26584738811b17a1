import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { searchAnswerSchema } from '../../search/searchAnswer.js';
import { RulesRefused } from '../../service/rules/publishRules.js';
import type { Service } from '../../service/service.js';
import { wholeNumber } from '../parameters.js';
import { HttpError, invalid } from '../problem.js';
import { searchFromBody } from './search.js';

const MAX_BYTES = 1024 * 1024;
/** Characters of rules that are read in a request: YAML takes long to read, and other requests wait meanwhile. */
const MAX_TEXT = 50_000;

const rules = z
  .union([z.string(), z.looseObject({})], { error: 'expected rules as an object, or as a text of YAML' })
  .describe('Rules as an object, or as a text of YAML.');
const publication = {
  by: z.string().trim().min(1).max(200).describe('Who publishes, for the list of versions.'),
  note: z.string().max(1000).optional(),
  if_version: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('The version that these rules are based on: 409 if another version is current.'),
};

const lintBody = z.strictObject({ rules });
const publishBody = z.strictObject({ rules, ...publication });
const rollBackBody = z.strictObject({
  to: z.number().int().min(0).describe('The version to publish again; 0 for no rules.'),
  ...publication,
});
const previewBody = z.strictObject({
  rules,
  search: searchFromBody,
  at: z.iso
    .datetime({ offset: true, error: 'expected a moment such as 2026-11-27T08:00:00Z' })
    .optional()
    .describe('The time at which to evaluate the given rules. Default: now.'),
});

const findings = z.array(
  z.object({
    severity: z.enum(['error', 'warning']),
    kind: z.string(),
    where: z.string(),
    message: z.string(),
    line: z.number().int().optional().describe('Line of the text, from 1.'),
  }),
);
const version = {
  version: z.number().int().describe('0 before the first publication.'),
  published_at: z.string().optional(),
  by: z.string().optional(),
  note: z.string(),
};
const versionsAnswer = z.object({ versions: z.array(z.object(version)) });
const versionAnswer = z.object({ ...version, text: z.string() });
const rulesAnswer = z.object({
  ...version,
  text: z.string().describe('The text as published.'),
  findings: findings.describe('What is wrong with the rules on the current catalog.'),
});
const lintAnswer = z.object({
  rules: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
  findings,
});
const position = z.number().int().describe('From 1, over all pages.');
const previewAnswer = z.object({
  findings,
  now: searchAnswerSchema,
  with_rules: searchAnswerSchema,
  changes: z.object({
    in: z.array(z.object({ id: z.string(), to: position })),
    out: z.array(z.object({ id: z.string(), from: position })),
    moved: z.array(z.object({ id: z.string(), from: position, to: position })),
  }),
});

/** /v1/rules: the merchandising rules, their versions, and trying rules before publishing them. */
export const ruleRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['rules'];
  const config = { scope: 'write' as const };
  const changes = { scope: 'write' as const, errors: [409] };

  app.get(
    '/v1/rules',
    {
      config,
      schema: {
        operationId: 'getRules',
        summary: 'Get the current merchandising rules',
        tags,
        response: { 200: rulesAnswer },
      },
    },
    async () => service.rules.current(),
  );
  app.get(
    '/v1/rules/versions',
    {
      config,
      schema: {
        operationId: 'listRuleVersions',
        summary: 'List the published versions, newest first',
        tags,
        response: { 200: versionsAnswer },
      },
    },
    async () => ({ versions: service.rules.versions() }),
  );
  app.get(
    '/v1/rules/versions/:version',
    {
      config,
      schema: {
        operationId: 'getRuleVersion',
        summary: 'Get one version of the rules',
        tags,
        params: z.object({ version: wholeNumber() }),
        response: { 200: versionAnswer },
      },
    },
    async (request) => {
      const { version } = request.params;
      const found = service.rules.version(version);
      if (found === undefined)
        throw new HttpError(
          404,
          `There is no version ${version} of the rules; /v1/rules/versions lists all versions.`,
        );
      return found;
    },
  );

  app.post(
    '/v1/rules/lint',
    {
      config,
      bodyLimit: MAX_BYTES,
      schema: {
        operationId: 'lintRules',
        summary: 'Check rules for errors',
        description:
          'Rules with errors cannot be published. Warnings name values that the catalog does not have and rules that have expired.',
        tags,
        body: lintBody,
        response: { 200: lintAnswer },
      },
    },
    async (request) => service.rules.lint(rulesText(request.body.rules)),
  );
  app.post(
    '/v1/rules/preview',
    {
      config,
      bodyLimit: MAX_BYTES,
      schema: {
        operationId: 'previewRules',
        summary: 'Compare a search with the current rules and with the given ones',
        description: 'Publishes nothing. `changes` covers the requested page.',
        tags,
        body: previewBody,
        response: { 200: previewAnswer },
      },
    },
    async ({ body: { rules, search, at } }) =>
      withFindings(() =>
        service.rules.preview(rulesText(rules), search, at === undefined ? undefined : Date.parse(at)),
      ),
  );

  app.put(
    '/v1/rules',
    {
      config: changes,
      bodyLimit: MAX_BYTES,
      schema: {
        operationId: 'publishRules',
        summary: 'Publish rules as the next version',
        description:
          'They apply from the next search. 400 with the findings if the rules have errors; 409 if `if_version` is not the current version.',
        tags,
        body: publishBody,
        response: { 200: rulesAnswer },
      },
    },
    async ({ body: { rules, ...publishing } }) =>
      withFindings(() => service.rules.publish(rulesText(rules), publishing)),
  );
  app.post(
    '/v1/rules/rollback',
    {
      config: changes,
      schema: {
        operationId: 'rollBackRules',
        summary: 'Publish an old version again, as the next version',
        tags,
        body: rollBackBody,
        response: { 200: rulesAnswer },
      },
    },
    async ({ body: { to, ...publishing } }) => withFindings(() => service.rules.rollBack(to, publishing)),
  );
};

/** Answers 400 with every finding where rules are refused because of errors. */
async function withFindings<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RulesRefused)) throw error;
    const errors = error.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ where, message }) => ({ field: where, reason: message }));
    throw new HttpError(400, error.message, errors, { findings: error.findings });
  }
}

/** Rules as the text that is stored. Line numbers of findings refer to it. */
function rulesText(given: z.output<typeof rules>): string {
  const text = typeof given === 'string' ? given : serialized(given);
  if (text.length <= MAX_TEXT) return text;
  const reason = `${text.length} characters; expected at most ${MAX_TEXT}, shelfwright rules publish takes more`;
  throw invalid([{ field: 'rules', reason }]);
}

function serialized(given: object): string {
  try {
    return `${JSON.stringify(given, null, 2)}\n`;
  } catch {
    // Parsed JSON fails to serialize only if it is nested beyond the stack.
    throw invalid([{ field: 'rules', reason: 'nested too deeply; rules need five levels' }]);
  }
}
