import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { factSchema } from '../domain/fact.js';
import { jobSchema } from '../domain/job.js';
import { productSchema } from '../domain/product.js';
import { hitSchema, searchAnswerSchema } from '../search/searchAnswer.js';
import { similarHitSchema } from '../search/similar/similarSchemas.js';
import { suggestAnswerSchema } from '../search/suggest/suggestSchemas.js';
import { identifiedAnswerSchema } from './answerSearches.js';
import { PRODUCT_FIELDS } from './productFields.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Statuses of error answers that follow from neither the scope nor the parameters of the route. */
    errors?: readonly number[];
  }
}

/** What @fastify/swagger writes for a response without a description. */
const UNDESCRIBED = 'Default Response';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('One sentence: what is wrong, and what to do.'),
    errors: z.array(z.object({ field: z.string(), reason: z.string() })).describe('The offending fields.'),
    request_id: z.string().optional().describe('The id of the request in the log of the service.'),
  })
  .describe('An error (RFC 9457). Some routes add members, such as `results` or `findings`.');

/** Schemas that the document defines once, under these names. */
const COMPONENTS: Readonly<Record<string, z.ZodType>> = {
  Fact: factSchema,
  Hit: hitSchema,
  Job: jobSchema,
  Problem: problemSchema,
  Product: productSchema,
  RuledAnswer: searchAnswerSchema,
  SearchAnswer: identifiedAnswerSchema,
  SimilarHit: similarHitSchema,
  SuggestAnswer: suggestAnswerSchema,
};

const ERRORS: Readonly<Record<number, string>> = {
  400: 'A parameter or the body is invalid; `errors` lists the fields.',
  401: 'No valid API key.',
  403: 'The scope or the filter of the API key does not allow this, or the request is a write from a page of another site.',
  404: 'The object does not exist.',
  409: 'The object has changed since it was read.',
  413: 'The body is too large.',
  415: 'The media type of the body is not supported.',
  422: 'The idempotency key was used before for another request.',
  429: 'The rate limit is exceeded; Retry-After says when to try again.',
  500: 'An unexpected error; the log of the service has the details.',
  503: 'Overloaded, shutting down or degraded. If there is a Retry-After header, try again after it.',
  507: 'The disk is full.',
};

/** Adds the OpenAPI 3.1 document of the routes registered from now on (`app.swagger()`, `/docs/json`), and a page for it at `/docs`. */
export async function documentApi(app: FastifyInstance): Promise<void> {
  for (const [id, schema] of Object.entries(COMPONENTS)) {
    const meta = z.globalRegistry.get(schema);
    if (meta?.id === undefined) z.globalRegistry.add(schema, { ...meta, id });
  }
  /** Statuses of error answers by operation id. */
  const errors = new Map<string, readonly number[]>();
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Shelfwright', description: 'Catalog enrichment and semantic search.', version: '1' },
      components: {
        responses: Object.fromEntries(
          Object.entries(ERRORS).map(([status, description]) => [
            responseName(Number(status)),
            problemResponse(description),
          ]),
        ),
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key (`shelfwright keys create`). Required as soon as one exists.',
          },
          apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'The same key.' },
        },
      },
    },
    transform: (input) => {
      const { schema, url } = jsonSchemaTransform(input);
      const { route } = input;
      if (schema.operationId === undefined) return { schema, url };
      errors.set(schema.operationId, errorsOf(route));
      const scope = route.config?.scope ?? 'none';
      return {
        url,
        schema:
          scope === 'none' ? schema : { ...schema, security: [{ bearer: [scope] }, { apiKey: [scope] }] },
      };
    },
    transformObject: (input) => {
      const document = jsonSchemaTransformObject(input);
      for (const path of Object.values(document.paths ?? {})) {
        for (const method of METHODS) {
          const { operationId = '', responses } = path?.[method] ?? {};
          if (responses === undefined) continue;
          for (const [status, response] of Object.entries(responses))
            if (Object(response).description === UNDESCRIBED)
              responses[status] = { ...Object(response), description: STATUS_CODES[status] ?? status };
          for (const status of errors.get(operationId) ?? [])
            responses[status] ??= { $ref: `#/components/responses/${responseName(status)}` };
        }
      }
      removeUnusedSchemas(document);
      describeProducts(document);
      return document;
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Without TLS on the same port, browsers on other machines would request the assets where nothing answers.
    transformStaticCSP: (policy) => policy.replace(/ ?upgrade-insecure-requests;?/, ''),
  });
}

/** The error answers that follow from what a route accepts, and those that its configuration names. */
function errorsOf({ method, config, schema }: RouteOptions): number[] {
  const { scope = 'none', errors = [] } = config ?? {};
  if (scope === 'none') return [...errors];
  const { params, querystring, body, headers, consumes } = schema ?? {};
  const hasBody = body !== undefined || consumes !== undefined;
  return [
    ...(params !== undefined || querystring !== undefined || hasBody ? [400] : []),
    401,
    403,
    ...(params !== undefined ? [404] : []),
    ...(hasBody ? [413, 415] : []),
    ...(headers !== undefined ? [422] : []),
    429,
    500,
    503,
    ...(scope === 'search' || method === 'GET' ? [] : [507]),
    ...errors,
  ].sort((a, b) => a - b);
}

/** The converter emits each schema twice, for requests and for answers; this removes those that nothing refers to. */
function removeUnusedSchemas(document: ReturnType<typeof jsonSchemaTransformObject>): void {
  if (!('components' in document)) return;
  const schemas = document.components?.schemas ?? {};
  for (;;) {
    const text = JSON.stringify(document);
    const unused = Object.keys(schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    if (unused.length === 0) return;
    // What only these refer to is unused then.
    for (const name of unused) delete schemas[name];
  }
}

/** Adds to the product's schema what its fields mean, and those that are kept as they come but have a meaning here. */
function describeProducts(document: ReturnType<typeof jsonSchemaTransformObject>): void {
  if (!('components' in document)) return;
  for (const name of ['Product', 'ProductInput']) {
    const { properties = {} } = Object(document.components?.schemas?.[name]);
    for (const [field, described] of Object.entries(PRODUCT_FIELDS))
      properties[field] = { ...properties[field], ...described };
  }
}

/** `NotFound` for 404. */
function responseName(status: number): string {
  return (STATUS_CODES[status] ?? String(status)).replace(/[^A-Za-z]/g, '');
}

function problemResponse(description: string) {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return { description, content };
}
