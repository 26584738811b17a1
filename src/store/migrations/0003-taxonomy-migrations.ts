/** Facts are kept as JSON of the whole row, so that columns which facts gain later are put back too. */
export const taxonomyMigrations = `
create table taxonomy_migrations (
  id integer primary key autoincrement,
  from_version text not null,
  to_version text not null,
  applied_at text not null,
  sequence integer not null,
  taxonomy text not null
);

create table migrated_facts (
  migration integer not null,
  product_id text not null,
  field text not null,
  value text not null,
  before text not null,
  changed text,
  primary key (migration, product_id, field, value)
) without rowid;
`;
