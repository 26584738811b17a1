/** Versions of what people publish, such as merchandising rules; the text bears a format of its own. */
export const published = `
create table published (
  kind text not null,
  version integer not null check (version >= 1),
  published_at text not null,
  by text not null,
  note text not null,
  text text not null,
  primary key (kind, version)
) without rowid;

create trigger published_stays before update on published
begin select raise(abort, 'published versions are append-only'); end;
create trigger published_remains before delete on published
begin select raise(abort, 'published versions are append-only'); end;
create trigger published_is_not_replaced before insert on published
  when exists (select 1 from published where kind = new.kind and version >= new.version)
begin select raise(abort, 'published versions are append-only'); end;
`;
