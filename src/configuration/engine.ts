import { z } from 'zod';

/** The variable that holds the password of the engine's user. It is no setting, so that no command shows it. */
export const ENGINE_PASSWORD_VARIABLE = 'SHELFWRIGHT_ENGINE_PASSWORD';

function isNode(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  const isPlain = username === '' && password === '' && pathname === '/' && search === '' && hash === '';
  return (protocol === 'https:' || protocol === 'http:') && isPlain;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether a password sent to this node can be read on the way. */
function isOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}

/** What searches run on: the index in this process, or a cluster of its own. */
export const engineSchema = z
  .strictObject({
    kind: z
      .enum(['embedded', 'opensearch'])
      .default('embedded')
      .describe(
        'Search engine: the one in this process, or a cluster of OpenSearch 2.19 with its k-NN plugin.',
      ),
    urls: z
      .array(
        z.string().refine(isNode, {
          error: 'expected a node such as https://search-1.example:9200, without user name and password',
        }),
      )
      .min(1)
      .max(50)
      .default(['http://127.0.0.1:9200'])
      .describe('Nodes of the cluster; a request that one of them does not answer goes to the next.'),
    user: z
      .string()
      .regex(/^[^:\s]+$/, 'expected a name without colons and spaces')
      .nullable()
      .default(null)
      .describe(
        `User of the cluster; its password is in the variable ${ENGINE_PASSWORD_VARIABLE} or in \`password_file\`.`,
      ),
    password_file: z.string().min(1).nullable().default(null).describe('File with the password of the user.'),
    certificate_file: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        'File with the certificate (PEM) of the authority that signed those of the nodes; null trusts those that Node trusts.',
      ),
    index_prefix: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{0,39}$/,
        'expected at most 40 letters a-z, digits and hyphens, beginning with a letter',
      )
      .default('shelfwright')
      .describe('What the names of all indexes begin with, so that several catalogs can share a cluster.'),
    shards: z.int().min(1).max(1024).default(1).describe('Shards of each generation: see docs/scale.md.'),
    replicas: z
      .int()
      .min(0)
      .max(10)
      .default(1)
      .describe(
        'Copies of each shard on other nodes; with 0, losing a node loses products until it is back.',
      ),
    timeout_seconds: z
      .number()
      .min(0.1)
      .max(600)
      .default(30)
      .describe('Seconds that the cluster may take to answer a request.'),
  })
  .refine(({ user, urls }) => user === null || !urls.some(isOpen), {
    path: ['urls'],
    error:
      'expected https for every node on another machine, because the password of engine.user is sent there',
  })
  .describe('Where products are indexed and searched.');
export type EngineSettings = z.infer<typeof engineSchema>;
