import type { FastifyInstance } from 'fastify';
import { HttpError } from './problem.js';

/**
 * Reads JSON bodies and nothing else. An empty one counts as absent, since many clients name a media type
 * on every request. `text/plain` goes: it is what another site's page may post without being asked.
 */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = typeof body === 'string' ? body : body.toString('utf8');
    if (text.trim() === '') return done(null, undefined);
    parse(request, text, (error, value) => {
      if (error === null) done(null, value);
      else done(new HttpError(400, `The body is not JSON: ${error.message}.`));
    });
  });
}
