import type { FastifyRequest } from 'fastify';

/** For a person who followed a wrong link. Without styles, which the content security policy allows from files only. */
export const NOT_FOUND_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>Page not found</title>
  </head>
  <body>
    <h1>There is no page at this address</h1>
    <p>Go to <a href="/">the shop</a>, to <a href="/desk">the desk</a>, or to <a href="/docs">the routes of the API</a>.</p>
  </body>
</html>
`;

/** Whether a browser asks for a page, not a program for data. */
export function asksForPage({ method, headers }: FastifyRequest, path: string): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && !/^\/v?1\//.test(path) && (headers.accept ?? '').includes('text/html');
}
