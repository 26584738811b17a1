/** Keys whose values let whoever reads them act for somebody: a webhook's path is its password, more often than not. */
const SECRET = /webhook|secret|token|password|credential|api_key/;
const MASK = '***';

/** A value as it may be shown: of a secret key only a URL's host, of any other no name and password inside URLs. */
export function maskSecrets(path: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => maskSecrets(path, item));
  if (typeof value !== 'string' || value === '') return value;
  if (!SECRET.test(path)) return value.replace(/(\w:\/\/)[^\s/?#]*@/g, `$1${MASK}@`);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || url.host === '') return MASK;
  const bare = url.username === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  return bare ? value : `${url.protocol}//${url.host}/${MASK}`;
}
