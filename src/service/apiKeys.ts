import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiKey, Scope } from '../domain/apiKey.js';
import { diskTrouble } from '../domain/diskTrouble.js';
import { UserError } from '../domain/errors.js';
import { parseFilter } from '../search/filter/parseFilter.js';
import type { Store } from '../store/open.js';

const ID_BYTES = 6;
const SECRET_BYTES = 32;
const KEY = /^sw_([0-9a-f]{12})_([\w-]{43})$/;

/** Who may use the service. Keys are looked up at each request, so that one made or revoked counts at once. */
export interface ApiKeys {
  /** Whether a key is needed at all: from the first one made on. */
  needed(): boolean;
  /** The valid key that a client's words are; undefined for anything else. */
  check(words: string): ApiKey | undefined;
}

export interface NewKey {
  readonly name: string;
  readonly scope: Scope;
  /** Only products that pass are seen with it. */
  readonly filter: string | undefined;
}

export function openApiKeys({ keys }: Pick<Store, 'keys'>): ApiKeys {
  let needed: boolean | undefined;
  return {
    needed: () => {
      try {
        needed = keys.any();
      } catch (error) {
        // A damaged store must not shut those out who needed no key, nor let those in who did.
        if (needed === undefined || diskTrouble(error) === undefined) throw error;
      }
      return needed;
    },
    check: (words) => {
      const [, id, secret] = KEY.exec(words) ?? [];
      const known = id === undefined ? undefined : keys.get(id);
      if (known === undefined || secret === undefined) return undefined;
      return timingSafeEqual(hashOf(secret), known.hash) ? known.key : undefined;
    },
  };
}

/**
 * Makes a key; `words` are what a client shows, told this once and kept nowhere. The secret is 256 random bits, so
 * one round of SHA-256 is as good to store as many.
 * @throws UserError for a filter that cannot be read.
 */
export function makeKey(
  { keys }: Pick<Store, 'keys'>,
  { name, scope, filter }: NewKey,
): { key: ApiKey; words: string } {
  if (filter !== undefined) parseFilter(filter);
  const id = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const key = { id, name, scope, filter: filter ?? null, created: new Date().toISOString(), revoked: null };
  keys.add(key, hashOf(secret));
  return { key, words: `sw_${id}_${secret}` };
}

/** @throws UserError where there is no such valid key. */
export function revokeKey({ keys }: Pick<Store, 'keys'>, id: string): void {
  if (keys.revoke(id)) return;
  throw new UserError(`There is no valid key ${id}: shelfwright keys lists those there are.`, {
    field: 'id',
  });
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
