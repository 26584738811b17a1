import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { UserError } from '../domain/errors.js';

const SALT_BYTES = 32;

const FIRST = `
create table events (
  id integer primary key,
  received integer not null,
  at integer not null,
  action text not null,
  query_id text,
  session_id text,
  client_id text,
  object_id text,
  position integer,
  quantity real,
  price real,
  order_id text,
  attributes text,
  event_key text
);
create unique index events_key on events (event_key) where event_key is not null;
create index events_at on events (at);
create index events_query on events (query_id) where query_id is not null;

create table searches (
  query_id text primary key,
  at integer not null,
  query text not null,
  total integer not null,
  shown text not null,
  took_ms real not null,
  page integer not null,
  filtered integer not null,
  client_id text,
  experiment text,
  variant text,
  teams text
) without rowid;
create index searches_at on searches (at);
create index searches_experiment on searches (experiment, at) where experiment is not null;

create table experiments (
  name text primary key,
  definition text not null,
  started integer not null,
  stopped integer
) without rowid;

create table secrets (name text primary key, value blob not null) without rowid;
`;

/** The fields that a search filtered by, the device, and what an experiment was compared with before it began. */
const SECOND = `
alter table searches add column fields text;
alter table searches add column device text;
alter table experiments add column baseline text;
alter table experiments add column stop_reason text;

create table rankings (
  name text not null,
  query text not null,
  place integer not null,
  object_id text not null,
  primary key (name, query, place)
) without rowid;
`;

/** From each version of the format to the next; a file of version n has had the first n. */
const MIGRATIONS = [FIRST, SECOND];

/**
 * Brings the file of the events to the newest version of its format, and returns its secret.
 * @throws UserError if it has a newer version.
 */
export function migrateEvents(database: Database, file: string): Buffer {
  return database
    .transaction(() => {
      const version = Number(database.pragma('user_version', { simple: true }));
      if (version > MIGRATIONS.length)
        throw new UserError(
          `${file} has version ${version} of the format of events, and this version of Shelfwright reads ${MIGRATIONS.length}: use the version that wrote it, or move the file away to start without events.`,
        );
      for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
      if (version === 0)
        database
          .prepare('insert into secrets (name, value) values (?, ?)')
          .run('salt', randomBytes(SALT_BYTES));
      if (version < MIGRATIONS.length) database.pragma(`user_version = ${MIGRATIONS.length}`);
      return z
        .instanceof(Buffer)
        .parse(database.prepare("select value from secrets where name = 'salt'").pluck().get());
    })
    .immediate();
}
