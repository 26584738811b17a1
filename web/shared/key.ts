const STORED = 'shelfwright-key';

/** Called whenever a key was entered. */
const listeners = new Set<() => void>();

/** The last key entered since the page was loaded, as some browsers allow no storage. */
let entered: string | undefined;

/**
 * Keeps the key that a user typed, until the tab is closed.
 * @returns false for a text that cannot be a key, which is not kept
 */
export function keepKey(typed: string): boolean {
  const key = typed.trim();
  // A header carries no other characters, and no key has them.
  if (!/^[\x21-\x7e]+$/.test(key)) return false;
  entered = key;
  try {
    sessionStorage.setItem(STORED, key);
  } catch {
    // The key then lasts until the page is loaded again.
  }
  for (const listener of [...listeners]) listener();
  return true;
}

/** Calls `listener` after each key that is entered, until the returned function is called. */
export function onKeyKept(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The id of the key at hand, by which the list of keys names it; undefined without a key. */
export function keptKeyId(): string | undefined {
  return /^sw_([0-9a-f]+)_/.exec(keyHeader()['x-api-key'] ?? '')?.[1];
}

/** The header with the key; none without a key. */
export function keyHeader(): { 'x-api-key'?: string } {
  const key = entered ?? storedKey();
  return key === undefined ? {} : { 'x-api-key': key };
}

function storedKey(): string | undefined {
  try {
    return sessionStorage.getItem(STORED) ?? undefined;
  } catch {
    return undefined;
  }
}
