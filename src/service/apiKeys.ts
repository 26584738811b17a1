import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiKey, Scope } from '../domain/apiKey.js';
import { UserError } from '../domain/errors.js';
import { storageErrorOf } from '../domain/storageError.js';
import { parseFilter } from '../search/filter/parseFilter.js';
import type { Store } from '../store/open.js';

const ID_BYTES = 6;
const SECRET_BYTES = 32;
const KEY = /^sw_([0-9a-f]{12})_([\w-]{43})$/;

/** Checks API keys. Each request looks its key up, so a created or revoked key counts at once. */
export interface ApiKeys {
  /** Whether requests need a key: once the first one was created, also after it was revoked (see `reopen`). */
  needed(): boolean;
  /** The valid key of this token; undefined for any other text. */
  check(token: string): ApiKey | undefined;
}

export interface NewKey {
  readonly name: string;
  readonly scope: Scope;
  /** The key sees only products that pass; undefined: all. */
  readonly filter: string | undefined;
}

/** Where keys are looked up: in the store, or in what its writer published. */
export interface KnownKeys {
  readonly keys: Pick<Store['keys'], 'anyExisted' | 'get'>;
}

export function openApiKeys({ keys }: KnownKeys): ApiKeys {
  let needed: boolean | undefined;
  return {
    needed: () => {
      try {
        needed = keys.anyExisted();
      } catch (error) {
        // Where the store is damaged, access stays as it was.
        if (needed === undefined || storageErrorOf(error) === undefined) throw error;
      }
      return needed;
    },
    check: (token) => {
      const [, id, secret] = KEY.exec(token) ?? [];
      const known = id === undefined ? undefined : keys.get(id);
      if (known === undefined || secret === undefined) return undefined;
      return timingSafeEqual(hashOf(secret), known.hash) ? known.key : undefined;
    },
  };
}

/**
 * Creates a key. `token` is what clients send; only its hash is stored. The secret has 256 random bits, so one round of
 * SHA-256 is as good as a slow password hash.
 * @throws UserError for a filter that cannot be read, and for one on a key that may do more than search.
 */
export function makeKey(
  { keys }: Pick<Store, 'keys'>,
  { name, scope, filter }: NewKey,
): { key: ApiKey; token: string } {
  if (filter !== undefined) parseFilter(filter);
  if (filter !== undefined && scope !== 'search') {
    throw new UserError(
      `A key with a filter can have the scope search only, not ${scope}: what writes or administers is not limited to products.`,
      { field: 'filter' },
    );
  }
  const id = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const key = { id, name, scope, filter: filter ?? null, created: new Date().toISOString(), revoked: null };
  keys.add(key, hashOf(secret));
  return { key, token: `sw_${id}_${secret}` };
}

/** @throws UserError for an unknown or revoked key. */
export function revokeKey({ keys }: Pick<Store, 'keys'>, id: string): void {
  if (keys.revoke(id)) return;
  throw new UserError(`There is no valid key ${id}: shelfwright keys lists the valid ones.`, {
    field: 'id',
  });
}

/** The API keys, to be managed while the service runs. Methods throw UserError for what the caller can correct. */
export interface KeyBook {
  /** Oldest first, revoked ones included. */
  list(): ApiKey[];
  create(wanted: NewKey): { key: ApiKey; token: string };
  /** Whether it was the last valid key; undefined for an unknown or revoked key. */
  revoke(id: string): boolean | undefined;
}

/** `checkFilter` throws UserError for a filter on fields that the catalog lacks. */
export function openKeyBook(store: Pick<Store, 'keys'>, checkFilter: (filter: string) => void): KeyBook {
  return {
    list: () => store.keys.list(),
    create: (wanted) => {
      if (wanted.filter !== undefined) checkFilter(wanted.filter);
      return makeKey(store, wanted);
    },
    revoke: (id) => (store.keys.revoke(id) ? !store.keys.anyValid() : undefined),
  };
}

/**
 * Lets the service answer without a key again, on loopback only, by deleting the revoked keys. Returns their number.
 * @throws UserError while a key is valid.
 */
export function reopen({ keys }: Pick<Store, 'keys'>): number {
  if (!keys.anyValid()) return keys.deleteRevoked();
  throw new UserError(
    'There are valid keys, so a key is required: revoke them first (shelfwright keys lists them).',
  );
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
