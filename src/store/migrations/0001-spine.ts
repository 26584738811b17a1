export const spine = `
create table products (
  id text primary key,
  record text not null,
  content_hash text not null
) without rowid;

create table changes (
  sequence integer primary key autoincrement,
  id text not null,
  kind text not null check (kind in ('content', 'live', 'delete'))
);

create table facts (
  product_id text not null,
  field text not null,
  value text not null,
  status text not null check (status in ('applied', 'suggested', 'rejected', 'superseded')),
  confidence real not null,
  source text not null check (source in ('merchant', 'reviewer', 'model')),
  method text not null,
  evidence text not null,
  taxonomy text not null,
  model text not null,
  primary key (product_id, field)
) without rowid;

create table vectors (
  key text primary key,
  vector blob not null
) without rowid;

create table settings (
  name text primary key,
  value text not null
) without rowid;
`;
