import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export interface WebhookReceiver {
  readonly url: string;
  /** The bodies posted, in order. */
  readonly bodies: unknown[];
  /** The same with their headers, as they came. */
  readonly requests: { readonly headers: IncomingHttpHeaders; readonly text: string }[];
  /** Sets how requests are answered; before that, with 204. */
  answer(by: (request: IncomingMessage, response: ServerResponse) => void): void;
}

/** A server on loopback that records posts, until the test ends. */
export async function receiveWebhooks(): Promise<WebhookReceiver> {
  const bodies: unknown[] = [];
  const requests: WebhookReceiver['requests'] = [];
  let by = (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(204).end();
  };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      requests.push({ headers: request.headers, text });
      bodies.push(request.method === 'POST' ? JSON.parse(text) : request.method);
      by(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook?secret=abc`,
    bodies,
    requests,
    answer: (next) => {
      by = next;
    },
  };
}
