/** Searches are counted by day, so that nothing says when, in which order or by whom they were made. */
export const queries = `
create table queries (
  query text not null,
  day text not null,
  mode text not null,
  corrected integer not null check (corrected in (0, 1)),
  filtered integer not null check (filtered in (0, 1)),
  searches integer not null,
  empty integer not null,
  total integer not null,
  primary key (query, day, mode, corrected, filtered)
) without rowid;
create index queries_by_day on queries (day);
`;
