import { z } from 'zod';

export const WEBHOOK_EVENTS = ['job.finished', 'products.changed'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Shorter secrets can be guessed from one signature. */
const MIN_SECRET_LENGTH = 16;

/** One receiver of events. Its secret is given here, in a file or in a variable. */
const endpointSchema = z
  .strictObject({
    url: z.string().refine(isAddress, {
      error:
        'expected a url such as https://shop.example/hooks, http or https, without user name and password',
    }),
    secret: z
      .string()
      .refine((text) => text.length >= MIN_SECRET_LENGTH, {
        error: `expected a secret of at least ${MIN_SECRET_LENGTH} characters`,
      })
      .optional(),
    secret_file: z.string().min(1).optional(),
    secret_env: z.string().min(1).optional(),
    events: z
      .array(z.enum(WEBHOOK_EVENTS))
      .min(1)
      .default([...WEBHOOK_EVENTS]),
  })
  .refine(
    ({ secret, secret_file, secret_env }) =>
      [secret, secret_file, secret_env].filter((given) => given !== undefined).length === 1,
    { error: 'expected one of secret, secret_file and secret_env for each url' },
  );
export type WebhookEndpoint = z.infer<typeof endpointSchema>;

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/** Who is told of finished jobs and changed products. */
export const webhooksSchema = z
  .strictObject({
    endpoints: z
      .array(endpointSchema)
      .max(10)
      .refine((endpoints) => new Set(endpoints.map(({ url }) => url)).size === endpoints.length, {
        error: 'expected each url once',
      })
      .default([])
      .describe(
        `Receivers of signed events: \`url\` (http or https), a secret of at least ${MIN_SECRET_LENGTH} characters as \`secret\`, \`secret_file\` or \`secret_env\` (the name of a variable), and \`events\` (${WEBHOOK_EVENTS.join(', ')}; default: both).`,
      ),
    timeout_seconds: z
      .number()
      .min(1)
      .max(60)
      .default(10)
      .describe('Seconds that a receiver may take to answer.'),
    min_pause_seconds: z
      .number()
      .min(0.01)
      .max(3600)
      .default(1)
      .describe(
        'Pause before a failed delivery is repeated, in seconds; doubled after each further failure.',
      ),
    max_pause_seconds: z
      .number()
      .min(0.01)
      .max(86_400)
      .default(300)
      .describe('Longest pause before a failed delivery is repeated, in seconds.'),
  })
  .describe('Signed notices of finished jobs and changed products.');
export type WebhooksSettings = z.infer<typeof webhooksSchema>;
