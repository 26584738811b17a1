/**
 * @typedef {'main' | 'deep' | 'pale' | 'line' | 'deepline' | 'thin' | 'ink' | 'wisp'} Role how a path is painted; see search.css
 * @typedef {{ words: string, paths: [Role, string][] }} Shape
 */

/** @param {number} x @param {number} y @param {number} r */
export function circle(x, y, r) {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

/** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} r */
export function rounded(x, y, width, height, r) {
  const across = width - 2 * r;
  const down = height - 2 * r;
  return `M${x + r} ${y}h${across}a${r} ${r} 0 0 1 ${r} ${r}v${down}a${r} ${r} 0 0 1 ${-r} ${r}h${-across}a${r} ${r} 0 0 1 ${-r} ${-r}v${-down}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
}
