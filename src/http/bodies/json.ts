import type { FastifyInstance } from 'fastify';
import { HttpError } from '../problem.js';

/**
 * Accepts JSON bodies only. An empty body counts as absent, since many clients send a media type with every request.
 * `text/plain` is refused, because a page of another site may post it without a preflight request.
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
