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

/** Field of all categories of a product that has several; its own is one of them. */
export const CATEGORIES = 'categories';

/** The paths of the other categories of a product, where it has several. */
export function otherCategories(product: { readonly [field: string]: unknown }): string[] {
  const { category, [CATEGORIES]: all } = product;
  if (!Array.isArray(all) || typeof category !== 'string') return [];
  const own = pathKey(category);
  const paths = all.filter((path) => typeof path === 'string' && path.trim() !== '');
  const others = paths.filter((path) => pathKey(path) !== own);
  // A list without the product's own category is about something else, or of an earlier category.
  return others.length === paths.length ? [] : others;
}

function pathKey(path: string): string {
  return joinLevels(categoryLevels(path));
}
