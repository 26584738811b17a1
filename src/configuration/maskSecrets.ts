import { isRecord } from '../domain/isRecord.js';

/** Keys with secret values. The path of a webhook URL usually acts as its password. */
const SECRET = /webhook(?!s\.)|webhooks\.endpoints(?:\.url)?$|secret|token|password|credential|api_key/;
/** Keys that name where a secret is. */
const PLACE = /\.secret_(?:file|env)$/;
const MASK = '***';

/**
 * A value that is safe to show: for a secret key only the host of a URL, for other keys URLs without user name and
 * password.
 */
export function maskSecrets(path: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => maskSecrets(path, item));
  if (isRecord(value)) {
    const shown = Object.entries(value).map(([key, one]) => [key, maskSecrets(`${path}.${key}`, one)]);
    return Object.fromEntries(shown);
  }
  if (typeof value !== 'string' || value === '') return value;
  if (!SECRET.test(path) || PLACE.test(path)) return value.replace(/(\w:\/\/)[^\s/?#]*@/g, `$1${MASK}@`);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || url.host === '') return MASK;
  const bare = url.username === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  return bare ? value : `${url.protocol}//${url.host}/${MASK}`;
}
