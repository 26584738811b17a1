import type { Command } from 'commander';
import { UserError } from '../../domain/errors.js';
import type { Job } from '../../domain/job.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { withStore, withStoreToRead } from '../withStore.js';

export function addJobs(program: Command): void {
  const jobs = program.command('jobs').description('the long work that a service was asked for over HTTP');
  jobs
    .command('list', { isDefault: true })
    .description('the latest jobs, newest first')
    .option('--limit <n>', 'how many', wholeNumber('--limit', 1, 200), 20)
    .action((flags: CommonOptions & { limit: number }) =>
      withStoreToRead(flags, (store, terminal) => {
        const list = store.jobs.list(flags.limit);
        terminal.result(
          list,
          list.length === 0
            ? ['No job yet: POST /v1/import, /v1/enrich/jobs and /v1/reindex make them.']
            : list.map(line),
        );
      }),
    );
  jobs
    .command('cancel <id>')
    .description('have the service stop a job; what it serves stays')
    .action((id: string, flags: CommonOptions) =>
      withStore(flags, (store, terminal) => {
        const cancelling = store.jobs.cancel(id);
        const job = store.jobs.get(id);
        if (job === undefined)
          throw new UserError(`There is no job ${id}: shelfwright jobs lists those there are.`);
        terminal.result(job, [
          cancelling
            ? `Job ${id} will be stopped by the service that runs it.`
            : `Job ${id} has ended: ${job.state}.`,
        ]);
      }),
    );
}

function line({ id, kind, state, created, finished, error }: Job): string {
  return `${id}  ${kind}  ${state}  ${created}${finished === null ? '' : ` to ${finished}`}${error === null ? '' : `  ${error}`}`;
}
