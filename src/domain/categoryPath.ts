/** Joins the levels of a category path in files, facts and HTTP. */
const LEVEL_SEPARATOR = ' > ';

/** `"Apparel > Topwear"` → `["Apparel", "Topwear"]`; tolerates missing or doubled spaces around `>`. */
export function categoryLevels(path: string): string[] {
  return path
    .split('>')
    .map((level) => level.trim())
    .filter((level) => level !== '');
}

export function joinLevels(levels: readonly string[]): string {
  return levels.join(LEVEL_SEPARATOR);
}
