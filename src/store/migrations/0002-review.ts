export const review = `
create table facts_beside_each_other (
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
  decision integer,
  suggestion_group text,
  primary key (product_id, field, value)
) without rowid;

insert into facts_beside_each_other
  select product_id, field, value, status, confidence, source, method, evidence, taxonomy, model, null, null from facts;
drop table facts;
alter table facts_beside_each_other rename to facts;

create unique index one_belief_a_field on facts (product_id, field) where status in ('applied', 'suggested');
create index suggestions_by_group on facts (suggestion_group, confidence) where status = 'suggested';

create trigger facts_leave_their_group after update of field, value, method, evidence on facts
begin
  update facts set suggestion_group = null
    where product_id = new.product_id and field = new.field and value = new.value;
end;

create table decisions (
  id integer primary key autoincrement,
  at text not null,
  by text not null,
  action text not null check (action in ('accept', 'reject', 'correct', 'undo')),
  field text not null,
  value text not null,
  corrected text,
  undoes integer unique references decisions (id),
  suggestion_group text,
  state text,
  settled integer not null,
  shown text not null
);
create index decisions_by_group on decisions (suggestion_group, state);

create table decided_facts (
  decision integer not null references decisions (id),
  product_id text not null,
  before text not null,
  primary key (decision, product_id)
) without rowid;

create trigger decisions_stay before update on decisions
begin select raise(abort, 'decisions are append-only'); end;
create trigger decisions_remain before delete on decisions
begin select raise(abort, 'decisions are append-only'); end;
create trigger decisions_are_not_replaced before insert on decisions
  when exists (select 1 from decisions where id = new.id)
begin select raise(abort, 'decisions are append-only'); end;
create trigger decided_facts_stay before update on decided_facts
begin select raise(abort, 'decisions are append-only'); end;
create trigger decided_facts_remain before delete on decided_facts
begin select raise(abort, 'decisions are append-only'); end;
create trigger decided_facts_are_not_replaced before insert on decided_facts
  when exists (select 1 from decided_facts where decision = new.decision and product_id = new.product_id)
begin select raise(abort, 'decisions are append-only'); end;
`;
