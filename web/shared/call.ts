import type { paths } from '../apiTypes.js';
import { keyHeader } from './key.js';

/** An error answer of the service, with its own message. */
export class ApiError extends Error {
  constructor(
    /** 0: there was no answer. */
    readonly status: number,
    message: string,
    /** The parameters that were wrong. */
    readonly fields: readonly string[],
  ) {
    super(message);
  }
}

/** The service requires a key, and the page has none or a `wrong` one. */
export class KeyError extends ApiError {
  constructor(readonly wrong: boolean) {
    super(
      401,
      wrong
        ? 'This key is not valid: it was mistyped, or it has been revoked.'
        : 'This shop answers only with a key. Enter one with the scope search or higher.',
      [],
    );
  }
}

/** Called with each refusal of the key at hand, whatever was asked for. */
const refusalListeners = new Set<(error: KeyError) => void>();

/** Calls `listener` whenever the service requires a key that the page lacks, until the returned function is called. */
export function onKeyRefused(listener: (error: KeyError) => void): () => void {
  refusalListeners.add(listener);
  return () => refusalListeners.delete(listener);
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Json<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : unknown;
/** The operation of a method of a path; never, if the path has no such method. */
type Operation<Path extends keyof paths, M extends Method> = NonNullable<paths[Path][M]>;
type Answers<Op> = Op extends { responses: infer Responses } ? Responses : never;
type Success<Responses> = {
  [Code in keyof Responses]: Code extends 200 | 201 | 202 ? Json<Responses[Code]> : never;
}[keyof Responses];
type Parameters<Op> = Op extends { parameters: infer Given } ? Given : never;
type Part<Op, Name extends string> = Parameters<Op> extends { [K in Name]?: infer Values } ? Values : never;
type Body<Op> = Op extends { requestBody?: infer Given } ? Json<NonNullable<Given>> : never;

/** The JSON answer of an operation of openapi.json. */
export type Answer<Path extends keyof paths, M extends Method> = Success<Answers<Operation<Path, M>>>;

interface Request<Op> {
  readonly path?: Part<Op, 'path'>;
  readonly query?: Part<Op, 'query'>;
  readonly body?: Body<Op>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the service, typed by openapi.json: `call('get', '/v1/jobs/{id}', { path: { id } })`.
 * @throws ApiError if the service does not answer, or answers an error; KeyError if it requires a key
 */
export function call<M extends Method, Path extends keyof paths>(
  method: M,
  path: Path,
  { path: values = undefined, query, body, signal }: Request<Operation<Path, M>> = {},
): Promise<Answer<Path, M>> {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(entryOf(values, name)));
  const parameters = new URLSearchParams(
    Object.entries(query ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
  const asked = parameters.size === 0 ? address : `${address}?${parameters}`;
  return send(asked, {
    method: method.toUpperCase(),
    ...(signal !== undefined && { signal }),
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
}

function entryOf(values: unknown, name: string): string {
  return String(Object.entries(Object(values ?? {})).find(([key]) => key === name)?.[1] ?? '');
}

/**
 * @param body sent as JSON with POST, if given
 * @throws ApiError if the service does not answer, or answers an error
 */
export function ask<Expected>(path: string, signal: AbortSignal, body?: unknown): Promise<Expected> {
  if (body === undefined) return send(path, { signal });
  return send(path, {
    signal,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/**
 * Sends a request with the key of the page. For bodies that are files, and answers that are not JSON.
 * @throws ApiError if the service does not answer, or answers an error
 */
export async function sendRaw(path: string, request: RequestInit): Promise<Response> {
  const key = keyHeader();
  let response: Response;
  try {
    response = await fetch(path, { ...request, headers: { ...request.headers, ...key } });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiError(0, 'The service does not answer. Is it still running?', []);
  }
  if (response.ok) return response;
  if (response.status === 401) {
    const refused = new KeyError('x-api-key' in key);
    for (const listener of [...refusalListeners]) listener(refused);
    throw refused;
  }
  const answer = await response.json().catch(() => undefined);
  throw new ApiError(
    response.status,
    typeof answer?.detail === 'string' ? answer.detail : `The service answered ${response.status}.`,
    fieldsOf(answer?.errors),
  );
}

async function send<Expected>(path: string, request: RequestInit): Promise<Expected> {
  const response = await sendRaw(path, request);
  try {
    return await response.json();
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiError(response.status, 'The answer of the service is not JSON.', []);
  }
}

function fieldsOf(errors: unknown): string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: { readonly field?: unknown }) => String(error.field));
}
