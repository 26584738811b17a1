/** Only hashes: whoever reads the store learns no key. */
export const keys = `
create table api_keys (
  id text primary key,
  name text not null,
  scope text not null check (scope in ('search', 'write', 'admin')),
  filter text,
  hash blob not null,
  created text not null,
  revoked text
);
`;
