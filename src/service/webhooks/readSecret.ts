import { readFileSync } from 'node:fs';
import type { WebhookEndpoint } from '../../configuration/webhooks.js';
import { sentenceOf, UserError } from '../../domain/errors.js';

/**
 * The secret of an endpoint, from where its configuration says.
 * @throws UserError if the file cannot be read, the variable is not set, or the secret is empty.
 */
export function readSecret({ secret, secret_file, secret_env }: WebhookEndpoint): string {
  if (secret !== undefined) return secret;
  const place = secret_file ?? `the variable ${secret_env ?? ''}`;
  let text: string | undefined;
  try {
    text = secret_file !== undefined ? readFileSync(secret_file, 'utf8') : process.env[secret_env ?? ''];
  } catch (cause) {
    throw new UserError(`The secret of a webhook cannot be read (${sentenceOf(cause)}): check secret_file.`, {
      cause,
    });
  }
  const found = text?.trim() ?? '';
  if (found === '')
    throw new UserError(`The secret of a webhook is missing: expected one in ${place}, found nothing.`);
  return found;
}
