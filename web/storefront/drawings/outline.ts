/** How a path is painted; see picture.css. */
export type Role = 'main' | 'deep' | 'pale' | 'line' | 'deepline' | 'thin' | 'ink' | 'wisp';

export interface Shape {
  /** Words of categories that it stands for, separated by spaces. */
  readonly words: string;
  readonly paths: readonly (readonly [role: Role, d: string])[];
}

export function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

export function rounded(x: number, y: number, width: number, height: number, r: number): string {
  const across = width - 2 * r;
  const down = height - 2 * r;
  return `M${x + r} ${y}h${across}a${r} ${r} 0 0 1 ${r} ${r}v${down}a${r} ${r} 0 0 1 ${-r} ${r}h${-across}a${r} ${r} 0 0 1 ${-r} ${-r}v${-down}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
}
