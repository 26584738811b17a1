/** What imports came to, with running totals, so that old lines may go; and alerts, each raised and cleared once. */
export const quality = `
create table imports (
  id integer primary key autoincrement,
  at text not null,
  rows integer not null,
  quarantined integer not null,
  report text not null,
  total_rows integer not null,
  total_quarantined integer not null
);

create table alerts (
  name text primary key,
  state text not null check (state in ('raised', 'cleared')),
  since text not null,
  value real not null,
  threshold real not null,
  told integer not null check (told in (0, 1))
) without rowid;
`;
