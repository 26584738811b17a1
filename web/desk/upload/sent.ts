import { type Reading, startJob } from './readFile.js';

export type Target = '/v1/import' | '/v1/enrich/files';

/** A file that was sent, and how. */
export interface Sent {
  /** The job that it started. */
  readonly job: string;
  readonly file: File;
  readonly target: Target;
  readonly reading: Reading;
  readonly options: Readonly<Record<string, string>>;
}

/** @throws ApiError */
export async function send(order: Omit<Sent, 'job'>): Promise<Sent> {
  const { id } = await startJob(order.target, order.file, order.reading, order.options);
  return { ...order, job: id };
}
