import type { FastifyInstance } from 'fastify';
import { HttpError } from '../problem.js';

/** Algolia's clients send JSON as text, which saves browsers a preflight request. */
export function readTextAsJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  const types = ['text/plain', 'application/x-www-form-urlencoded'];
  app.addContentTypeParser(types, { parseAs: 'string' }, (request, body, done) => {
    parse(request, body.toString(), (error, value) => {
      if (error === null) done(null, value);
      else done(new HttpError(400, `The body is not JSON: ${error.message}.`));
    });
  });
}
