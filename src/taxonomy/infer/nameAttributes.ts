import { nameKey } from '../nameKey.js';

/**
 * Display names for a shop's attribute keys: `baseColour` → `Base colour`, `display_diagonal` → `Display diagonal`.
 * Keeps a key that is readable already, and one whose display name has the name key of another name or key.
 */
export function nameAttributes(keys: readonly string[]): string[] {
  const owners = new Map<string, number>();
  for (const [index, key] of keys.entries()) owners.set(nameKey(key), index);
  return keys.map((key, index) => {
    const name = readable(key);
    const owner = owners.get(nameKey(name));
    if (name === '' || (owner !== undefined && owner !== index)) return key;
    owners.set(nameKey(name), index);
    return name;
  });
}

function readable(key: string): string {
  if (/\s/.test(key.trim()) || !/[_a-z]/.test(key)) return key.trim();
  const words = key
    .replace(/_+/g, ' ')
    .replace(
      /(\p{Ll})(\p{Lu})(?=\p{Ll})/gu,
      (_, before: string, upper: string) => `${before} ${upper.toLowerCase()}`,
    )
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
