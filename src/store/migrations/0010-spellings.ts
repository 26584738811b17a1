/**
 * How a fact's value is written in the shop's own notation, where that differs; and which cells got another spelling in
 * one run, so that it can be undone.
 */
export const spellings = `
alter table facts add column written text;

create table spelling_runs (
  id integer primary key autoincrement,
  at text not null,
  actor text not null,
  undone text
);

create table spelling_changes (
  run integer not null references spelling_runs (id),
  product_id text not null,
  field text not null,
  before text not null,
  after text not null,
  primary key (run, product_id, field)
) without rowid;
`;
