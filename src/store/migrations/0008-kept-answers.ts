/** `part` numbers the parts of a request that is written in several transactions; `last` marks the one it ends with. */
export const keptAnswers = `
create table kept_answers (
  owner text not null,
  key text not null,
  part integer not null,
  last integer not null,
  request text not null,
  answer text not null,
  created text not null,
  primary key (owner, key, part)
) without rowid;

create index kept_answers_age on kept_answers (created) where part = 0;

alter table jobs add column checkpoint text;
`;
