/** Keys with secret values. The path of a webhook URL usually acts as its password. */
const SECRET = /webhook|secret|token|password|credential|api_key/;
const MASK = '***';

/**
 * A value that is safe to show: for a secret key only the host of a URL, for other keys URLs without user name and
 * password.
 */
export function maskSecrets(path: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => maskSecrets(path, item));
  if (typeof value !== 'string' || value === '') return value;
  if (!SECRET.test(path)) return value.replace(/(\w:\/\/)[^\s/?#]*@/g, `$1${MASK}@`);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || url.host === '') return MASK;
  const bare = url.username === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  return bare ? value : `${url.protocol}//${url.host}/${MASK}`;
}
