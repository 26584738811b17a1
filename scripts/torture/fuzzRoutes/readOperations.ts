import { z } from 'zod';

const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema: schema.optional() }));
const operation = z.object({
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false), schema }))
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema).default({}) }).optional(),
});

export type Schema = z.infer<typeof schema>;

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** One method of one path, as the OpenAPI document describes it. */
export interface Operation {
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  readonly inPath: readonly Parameter[];
  readonly inQuery: readonly Parameter[];
  /** Undefined if it has no body. */
  readonly body: Schema | undefined;
  readonly mediaTypes: readonly string[];
  /** Schemas of JSON by status; undefined for an answer without a body, or in another media type. */
  readonly answers: ReadonlyMap<number, z.ZodType | undefined>;
  /** The media types other than JSON by status, such as that of server-sent events. */
  readonly otherTypes: ReadonlyMap<number, readonly string[]>;
}

/** @throws ZodError if this is not an OpenAPI document. */
export function readOperations(document: unknown): Operation[] {
  // A schema on its own finds its references in $defs.
  const relocated: unknown = JSON.parse(
    JSON.stringify(document).replaceAll('"#/components/schemas/', '"#/$defs/'),
  );
  const { paths, components } = documentSchema.parse(relocated);
  const $defs = components?.schemas ?? {};
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, responses }]): Operation => {
      const bodies = requestBody?.content ?? {};
      const answers = new Map<number, z.ZodType | undefined>();
      const otherTypes = new Map<number, readonly string[]>();
      for (const [status, { content: types = {} }] of Object.entries(responses)) {
        const declared = types['application/json']?.schema;
        otherTypes.set(
          Number(status),
          Object.keys(types).filter((type) => type !== 'application/json'),
        );
        answers.set(
          Number(status),
          declared === undefined ? undefined : z.fromJSONSchema({ ...declared, $defs }),
        );
      }
      return {
        method: method.toUpperCase(),
        path,
        inPath: parameters.filter((one) => one.in === 'path'),
        inQuery: parameters.filter((one) => one.in === 'query'),
        body: Object.values(bodies)[0]?.schema,
        mediaTypes: Object.keys(bodies),
        answers,
        otherTypes,
      };
    }),
  );
}

/** Registered routes under /v1 and /health that the document lacks. */
export function undocumented(printedRoutes: string, operations: readonly Operation[]): string[] {
  const known = new Set(operations.map(({ method, path }) => `${method} ${path}`));
  return registered(printedRoutes).filter(
    (route) => / \/(?:v1|health)\//.test(route) && !route.startsWith('HEAD ') && !known.has(route),
  );
}

/** Parses the tree that Fastify prints: four characters per level, then a part of a path and its methods. */
function registered(printed: string): string[] {
  const above: string[] = [];
  const routes: string[] = [];
  for (const line of printed.split('\n')) {
    const found = /^([│ ]*)[├└]── (\S*)(?: \(([^)]*)\))?/.exec(line);
    if (found === null) continue;
    const [, indent = '', piece = '', methods] = found;
    const level = indent.length / 4;
    const path = (above[level - 1] ?? '') + piece;
    above.length = level;
    above[level] = path;
    const described = path.replace(/:(\w+)/g, '{$1}');
    for (const method of methods?.split(', ') ?? []) routes.push(`${method} ${described}`);
  }
  return routes;
}
