export const jobs = `
create table jobs (
  id text primary key,
  kind text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  request text not null,
  created text not null,
  started text,
  finished text,
  attempts integer not null default 0,
  cancelling integer not null default 0,
  report text,
  error text
);

create index jobs_waiting on jobs (created, id) where state in ('queued', 'running');
`;
