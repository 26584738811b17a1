// A small client typed by openapi.json: paths, parameters and answers are checked by the compiler. In your project, make the
// types with `npx openapi-typescript openapi.json -o shelfwright.d.ts` and import them from there.
import type { paths } from '../../web/apiTypes.js';

type Json<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : never;
type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Given } } }
  ? Given
  : never;
type Answer<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: infer Found } } }
  ? Json<Found>
  : never;

/** Functions that ask one service. A key is needed if the service has keys. */
export function shelfwright(service: string, key?: string) {
  return {
    /**
     * Asks a route without parameters in its path: `get('/v1/search', { q: 'kettle' })`.
     * @throws Error with the service's own sentence.
     */
    async get<Path extends keyof paths>(path: Path, query?: Query<Path>): Promise<Answer<Path>> {
      const url = new URL(path, service);
      for (const [name, value] of Object.entries(query ?? {}))
        if (value !== undefined) url.searchParams.set(name, String(value));
      const response = await fetch(url, { headers: key === undefined ? {} : { 'x-api-key': key } });
      const answer = JSON.parse(await response.text());
      if (!response.ok) throw new Error(`${response.status} ${answer.detail}`);
      return answer;
    },
  };
}
