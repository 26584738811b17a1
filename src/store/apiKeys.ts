import type { Database } from 'better-sqlite3';
import { type ApiKey, apiKeySchema } from '../domain/apiKey.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly filter: string | null;
  readonly hash: Buffer;
  readonly created: string;
  readonly revoked: string | null;
}

/** API keys by id, with the hashes of their secrets. */
export class ApiKeyTable {
  private readonly one;
  private readonly all;
  private readonly existed;
  private readonly valid;
  private readonly clear;
  private readonly put;
  private readonly end;

  constructor(database: Database) {
    this.one = database.prepare<[string], Row>('select * from api_keys where id = ? and revoked is null');
    this.all = database.prepare<[], Row>('select * from api_keys order by created, id');
    this.existed = database.prepare<[], number>('select exists (select 1 from api_keys)').pluck();
    this.valid = database
      .prepare<[], number>('select exists (select 1 from api_keys where revoked is null)')
      .pluck();
    this.clear = database.prepare('delete from api_keys where revoked is not null');
    this.put = database.prepare<[string, string, string, string | null, Buffer, string]>(
      'insert into api_keys (id, name, scope, filter, hash, created) values (?, ?, ?, ?, ?, ?)',
    );
    this.end = database.prepare<[string, string]>(
      'update api_keys set revoked = ? where id = ? and revoked is null',
    );
  }

  add({ id, name, scope, filter, created }: ApiKey, hash: Buffer): void {
    this.put.run(id, name, scope, filter, hash, created);
  }

  /** A valid key with the hash of its secret; undefined if unknown or revoked. */
  get(id: string): { key: ApiKey; hash: Buffer } | undefined {
    const row = this.one.get(id);
    return row === undefined ? undefined : { key: apiKeySchema.parse(row), hash: row.hash };
  }

  /** All keys including revoked ones, oldest first. */
  list(): ApiKey[] {
    return this.all.all().map((row) => apiKeySchema.parse(row));
  }

  /** Whether a key has existed, revoked ones included. */
  anyExisted(): boolean {
    return this.existed.get() === 1;
  }

  /** Whether there is a valid key. */
  anyValid(): boolean {
    return this.valid.get() === 1;
  }

  /** Deletes the revoked keys and returns their number. */
  deleteRevoked(): number {
    return this.clear.run().changes;
  }

  /** False if the key is unknown or already revoked. */
  revoke(id: string): boolean {
    return this.end.run(new Date().toISOString(), id).changes > 0;
  }
}
