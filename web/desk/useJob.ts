import { useEffect, useState } from 'preact/hooks';
import { type Answer, ApiError, call, sendRaw } from '../shared/call.js';

export type Job = Answer<'/v1/jobs/{id}', 'get'>;

/** Milliseconds before a lost connection is made again. */
const RETRY_MS = 2000;

/** A job as it proceeds, until it has ended. EventSource cannot send the key, so the events are read from a response. */
export function useJob(id: string | undefined): {
  readonly job?: Job;
  readonly error?: ApiError;
  readonly retry: () => void;
} {
  const [state, setState] = useState<{ id?: string; job?: Job; error?: ApiError }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (id === undefined) return;
    const { signal, abort } = abortable();
    const show = (job: Job): void => {
      if (!signal.aborted) setState({ id, job });
    };
    const fail = (error: unknown): void => {
      if (!signal.aborted)
        setState((before) => ({
          ...(before.id === id && before),
          id,
          error: error instanceof ApiError ? error : new ApiError(0, 'The job could not be followed.', []),
        }));
    };
    void follow(id, signal, show, fail).catch(fail);
    return abort;
  }, [id, turn]);
  const retry = () => setTurn(turn + 1);
  if (state.id !== id) return { retry };
  return {
    ...(state.job !== undefined && { job: state.job }),
    ...(state.error !== undefined && { error: state.error }),
    retry,
  };
}

function abortable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** Until the job has ended; `lost` says why nothing is known for now. */
async function follow(
  id: string,
  signal: AbortSignal,
  show: (job: Job) => void,
  lost: (error: unknown) => void,
): Promise<void> {
  for (;;) {
    try {
      const job = await call('get', '/v1/jobs/{id}', { path: { id }, signal });
      show(job);
      if (job.finished !== null) return;
      const response = await sendRaw(`/v1/jobs/${encodeURIComponent(id)}/events`, { signal });
      for await (const event of eventsOf(response)) show(event);
    } catch (error) {
      if (signal.aborted) return;
      // Too many clients follow jobs, or the service is away: ask again.
      if (error instanceof ApiError && error.status !== 503 && error.status !== 0) throw error;
      lost(error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function* eventsOf(response: Response): AsyncGenerator<Job> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data !== undefined) yield JSON.parse(data.slice('data: '.length));
    }
  }
}
