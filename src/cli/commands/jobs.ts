import type { Command } from 'commander';
import { UserError } from '../../domain/errors.js';
import type { Job } from '../../domain/job.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { withStore, withStoreToRead } from '../withStore.js';

export function addJobs(program: Command): void {
  const jobs = program.command('jobs').description('list or cancel the jobs of a service');
  jobs
    .command('list', { isDefault: true })
    .description('list the latest jobs, newest first')
    .option('--limit <n>', 'number of jobs', wholeNumber('--limit', 1, 200), 20)
    .action((flags: CommonOptions & { limit: number }) =>
      withStoreToRead(flags, (store, terminal) => {
        const list = store.jobs.list(flags.limit);
        terminal.result(
          list,
          list.length === 0
            ? ['No job yet: POST /v1/import, /v1/enrich/jobs and /v1/reindex create jobs.']
            : list.map(line),
        );
      }),
    );
  jobs
    .command('cancel <id>')
    .description('cancel a job; the current generation stays')
    .action((id: string, flags: CommonOptions) =>
      withStore(flags, (store, terminal) => {
        const cancelling = store.jobs.cancel(id);
        const job = store.jobs.get(id);
        if (job === undefined)
          throw new UserError(`There is no job ${id}: shelfwright jobs lists the latest jobs.`);
        terminal.result(job, [
          cancelling ? `The service will stop job ${id}.` : `Job ${id} has already ended: ${job.state}.`,
        ]);
      }),
    );
}

function line({ id, kind, state, created, finished, error }: Job): string {
  return `${id}  ${kind}  ${state}  ${created}${finished === null ? '' : ` to ${finished}`}${error === null ? '' : `  ${error}`}`;
}
