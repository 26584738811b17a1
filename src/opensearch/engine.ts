import type { Client } from '@opensearch-project/opensearch';
import type { z } from 'zod';
import { UnavailableError, UserError } from '../domain/errors.js';
import { describeEngineError } from './engineErrors.js';
import { type EngineNames, engineNames } from './engineNames.js';
import type { IndexLayout } from './indexTemplate.js';

/** How to reach the engine, and what belongs to this catalog. */
export interface EngineConnection {
  readonly urls: readonly string[];
  /** Undefined for a cluster without users. */
  readonly user: { readonly name: string; readonly password: string } | undefined;
  /** Certificates (PEM) of the authority that signed those of the nodes; undefined: those that Node trusts. */
  readonly certificate: string | undefined;
  readonly timeoutSeconds: number;
  readonly prefix: string;
  readonly layout: IndexLayout;
}

/** A request to the engine. All of ours may be repeated, so the client repeats one that a node does not answer. */
export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** Parts of the path, not encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
  /** Instead of a body: lines of JSON, each ended by a line feed. */
  readonly lines?: string;
  /** Statuses that are no error: the answer is undefined. */
  readonly unless?: readonly number[];
  readonly timeoutSeconds?: number;
}

/** Times that a request goes to another node, or to the same one again. */
const MAX_RETRIES = 3;

/** A cluster of OpenSearch. */
export class Engine {
  readonly names: EngineNames;

  private constructor(
    private readonly client: Client,
    readonly connection: EngineConnection,
  ) {
    this.names = engineNames(connection.prefix);
  }

  /** Connects on the first request. The client is loaded here, so that nobody else waits for it. */
  static async open(connection: EngineConnection): Promise<Engine> {
    const { Client } = await import('@opensearch-project/opensearch');
    const { urls, user, certificate, timeoutSeconds } = connection;
    const client = new Client({
      nodes: [...urls],
      ...(user !== undefined && { auth: { username: user.name, password: user.password } }),
      ...(certificate !== undefined && { ssl: { ca: certificate, rejectUnauthorized: true } }),
      maxRetries: MAX_RETRIES,
      requestTimeout: timeoutSeconds * 1000,
      // Answers are checked where they are read, and looking for `__proto__` in the text takes longer than parsing it.
      disablePrototypePoisoningProtection: true,
    });
    return new Engine(client, connection);
  }

  /**
   * The answer, as the schema reads it.
   * @throws UnavailableError where no node answers; EngineRefusal where one refuses, a UserError.
   */
  async request<Schema extends z.ZodType>(
    schema: Schema,
    request: EngineRequest,
  ): Promise<z.output<Schema> | undefined> {
    const { method, query, body, lines, unless = [], timeoutSeconds } = request;
    const path = `/${request.path.map(encodeURIComponent).join('/')}`;
    let answer: { readonly body: unknown; readonly statusCode: number | null };
    try {
      answer = await this.client.transport.request(
        {
          method,
          path,
          ...(query !== undefined && { querystring: { ...query } }),
          ...(body !== undefined && { body }),
          ...(lines !== undefined && { bulkBody: lines }),
        },
        {
          ignore: [...unless],
          ...(timeoutSeconds !== undefined && { requestTimeout: timeoutSeconds * 1000 }),
        },
      );
    } catch (error) {
      throw describeEngineError(error, { ...this.connection, request: `${method} ${path}` });
    }
    if (answer.statusCode !== null && unless.includes(answer.statusCode)) return undefined;
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new UnavailableError(
      `The search engine answered ${method} ${path} without what is expected (${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}): check that it is OpenSearch 2.19.`,
    );
  }

  /** The same for a request whose answer is always there. */
  async ask<Schema extends z.ZodType>(
    schema: Schema,
    request: Omit<EngineRequest, 'unless'>,
  ): Promise<z.output<Schema>> {
    const answer = await this.request(schema, request);
    if (answer === undefined) throw new UserError('The search engine answered nothing.');
    return answer;
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
