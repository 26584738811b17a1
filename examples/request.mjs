// Shared by the examples: one request to the service. SERVICE_URL and API_KEY come from the environment.
const serviceUrl = process.env.SERVICE_URL ?? 'http://127.0.0.1:3000';

/**
 * Sends a request and returns the parsed answer. `body` is sent as JSON unless it is a string.
 * Waits and repeats while the service is busy (429, 503, 507 with Retry-After).
 */
export async function request(method, path, { body, headers = {}, key = process.env.API_KEY } = {}) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(new URL(path, serviceUrl), {
      method,
      headers: {
        ...(typeof body === 'object' && { 'content-type': 'application/json' }),
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const wait = response.headers.get('retry-after');
    if (wait !== null && attempt < 5) {
      await response.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, Number(wait) * 1000));
      continue;
    }
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    const answer = isJson && text !== '' ? JSON.parse(text) : text || undefined;
    if (response.ok) return answer;
    // Errors are problem+json: `detail` is one sentence, `errors` names the fields.
    throw new Error(`${method} ${path}: ${response.status} ${answer?.detail ?? ''}`);
  }
}

/** Waits for a job and returns it. Throws if it failed. */
export async function finishedJob(id) {
  for (;;) {
    const job = await request('GET', `/v1/jobs/${id}`);
    if (job.state === 'done') return job;
    if (job.finished !== null) throw new Error(`The job ${id} is ${job.state}: ${job.error}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
