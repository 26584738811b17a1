const STORED = 'shelfwright-key';

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
  return true;
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
