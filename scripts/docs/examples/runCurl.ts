import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The address that pages name the service by. */
const DOCUMENTED_ORIGIN = 'http://127.0.0.1:3000';

interface CurlRequest {
  url: string | undefined;
  method: string | undefined;
  readonly headers: Headers;
  readonly data: string[];
  /** `-G`: the data goes into the query. */
  inQuery: boolean;
}

/**
 * Does what `curl` would do with these words, by fetch: `-s`, `-X`, `-H`, `-d`, `--data-binary`, `--data-urlencode`, `-T`
 * and `-G` are known.
 *
 * @param origin where the service listens, in place of the documented address
 * @param folder where files that are sent (`@products.ndjson`) are
 * @returns the body of the answer, and whether its status is one of success
 * @throws Error for any other option and any other address
 */
export async function runCurl(
  words: readonly string[],
  origin: string,
  folder: string,
): Promise<{ readonly body: string; readonly ok: boolean }> {
  const request = await readRequest(words, folder);
  const url = request.url;
  if (url === undefined || !(url === DOCUMENTED_ORIGIN || url.startsWith(`${DOCUMENTED_ORIGIN}/`)))
    throw new Error(`curl asks ${url ?? 'nothing'}; examples ask ${DOCUMENTED_ORIGIN}.`);
  const asked = new URL(origin + url.slice(DOCUMENTED_ORIGIN.length));
  const data = request.data.join('&');
  if (request.inQuery && data !== '') asked.search += `${asked.search === '' ? '?' : '&'}${data}`;
  const sent = request.inQuery || request.data.length === 0 ? undefined : data;
  if (sent !== undefined && !request.headers.has('content-type'))
    request.headers.set('content-type', 'application/x-www-form-urlencoded');
  const response = await fetch(asked, {
    method: request.method ?? (sent === undefined ? 'GET' : 'POST'),
    headers: request.headers,
    ...(sent !== undefined && { body: sent }),
  });
  return { body: await response.text(), ok: response.ok };
}

async function readRequest(words: readonly string[], folder: string): Promise<CurlRequest> {
  const request: CurlRequest = {
    url: undefined,
    method: undefined,
    headers: new Headers(),
    data: [],
    inQuery: false,
  };
  const fileOrText = async (text: string, keepsLines: boolean): Promise<string> => {
    if (!text.startsWith('@')) return text;
    const content = await readFile(path.join(folder, text.slice(1)), 'utf8');
    return keepsLines ? content : content.replace(/[\r\n]/g, '');
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const value = (): string => {
      const next = words[++at];
      if (next === undefined) throw new Error(`curl ${word} takes a value.`);
      return next;
    };
    switch (word) {
      case '-s':
        break;
      case '-G':
        request.inQuery = true;
        break;
      case '-X':
        request.method = value();
        break;
      case '-H': {
        const [name = '', ...rest] = value().split(':');
        request.headers.set(name, rest.join(':').trim());
        break;
      }
      case '-d':
        request.data.push(await fileOrText(value(), false));
        break;
      case '--data-binary':
        request.data.push(await fileOrText(value(), true));
        break;
      case '--data-urlencode': {
        const [name = '', ...rest] = value().split('=');
        request.data.push(`${name}=${encodeURIComponent(rest.join('='))}`);
        break;
      }
      case '-T':
        request.method ??= 'PUT';
        request.data.push(await fileOrText(`@${value()}`, true));
        break;
      default:
        if (word.startsWith('-')) throw new Error(`Examples do not use curl ${word}; see runCurl.`);
        request.url = word;
    }
  }
  return request;
}
