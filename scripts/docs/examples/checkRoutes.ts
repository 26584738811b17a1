import { readFileSync } from 'node:fs';

/** A method and a path as pages write them: `GET /v1/jobs/:id`, in code or at the beginning of a line of a block. */
const ROUTE = /(?:`|^)(GET|POST|PUT|PATCH|DELETE) +(\/v1\/[\w:/-]+)/gm;

/**
 * Routes that a page names and the service lacks, each with its line.
 * @param openapi the text of the OpenAPI document
 */
export function checkRoutes(page: string, openapi: string): string[] {
  const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(openapi);
  const known = new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => routeText(method.toUpperCase(), path)),
    ),
  );
  const markdown = readFileSync(page, 'utf8');
  return Array.from(markdown.matchAll(ROUTE), ([, method = '', path = '']) => ({ method, path }))
    .filter(({ method, path }) => !known.has(routeText(method, path)))
    .map(({ method, path }) => {
      const line = markdown.slice(0, markdown.indexOf(path)).split('\n').length;
      return `${page}:${line}: ${method} ${path} is no route`;
    });
}

/** With one name for every parameter: pages and document may call it otherwise. */
function routeText(method: string, path: string): string {
  return `${method} ${path.replace(/:\w+|\{\w+\}/g, ':')}`;
}
