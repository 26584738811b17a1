import type { CategoryNode } from './observeCategories.js';

/**
 * The share of a category's filled rows that must hold an attribute for the category to carry it, and their least
 * number. A little more often than by chance is enough: shops fill most attributes of a category sparsely.
 */
const CARRIED_SHARE = 0.15;
const CARRIED_ROWS = 2;
const SPARSE_SHARE = 0.01;
const SPARSE_ROWS = 3;
/** The share of the rows below whose categories must carry an attribute for the category above to carry it for all. */
const HOISTED_SHARE = 0.8;
/** Children with fewer filled rows are judged together: alone they show too little. */
const SMALL = 5;
/** From this share of a category's rows on, those filed right under it are reason enough. */
const OWN_SHARE = 0.2;

/** Which attributes each category carries itself, beside what it inherits, by attribute number, ascending. */
export interface CarriedAttributes {
  /** Carried by everything. */
  readonly everywhere: readonly number[];
  readonly own: ReadonlyMap<CategoryNode, readonly number[]>;
}

/** A node with all rows below it. */
interface Subtree {
  readonly node: CategoryNode;
  readonly children: readonly Subtree[];
  readonly filled: number;
  readonly holders: ReadonlyMap<number, number>;
}

/**
 * A category carries what enough of its filled rows hold, said once at the highest level that most of the
 * rows below agree on. Rows without a category decide only about what no category carries.
 */
export function inferCarriedAttributes(root: CategoryNode): CarriedAttributes {
  const own = new Map<CategoryNode, number[]>();
  const categories = gather({ ...root, filled: 0, holders: new Map() });
  const everywhere = hoisted(categories);
  const carried = new Set(everywhere);
  for (const child of categories.children) settle(child, new Set(everywhere), own, carried);
  for (const [attribute, rows] of root.holders) {
    if (!carried.has(attribute) && rows >= Math.max(5, 0.02 * root.filled)) everywhere.push(attribute);
  }
  return { everywhere: everywhere.sort(ascending), own };
}

function gather(node: CategoryNode): Subtree {
  const children = node.children.map(gather);
  if (children.length === 0) return { node, children, filled: node.filled, holders: node.holders };
  const holders = new Map(node.holders);
  let filled = node.filled;
  for (const child of children) {
    filled += child.filled;
    for (const [attribute, rows] of child.holders)
      holders.set(attribute, (holders.get(attribute) ?? 0) + rows);
  }
  return { node, children, filled, holders };
}

function settle(
  subtree: Subtree,
  inherited: ReadonlySet<number>,
  own: Map<CategoryNode, number[]>,
  carried: Set<number>,
): void {
  const fresh = (subtree.children.length === 0 ? held(subtree) : hoisted(subtree)).filter(
    (it) => !inherited.has(it),
  );
  own.set(subtree.node, fresh.sort(ascending));
  for (const attribute of fresh) carried.add(attribute);
  const below = fresh.length === 0 ? inherited : new Set([...inherited, ...fresh]);
  for (const child of subtree.children) settle(child, below, own, carried);
}

function held({ holders, filled }: { holders: ReadonlyMap<number, number>; filled: number }): number[] {
  return [...holders].filter(([, rows]) => isCarried(rows, filled)).map(([attribute]) => attribute);
}

function hoisted({ node, children, filled, holders }: Subtree): number[] {
  const small = children.filter((child) => child.filled < SMALL);
  const smallFilled = small.reduce((sum, child) => sum + child.filled, 0);
  const found: number[] = [];
  for (const [attribute, rows] of holders) {
    if (!isCarried(rows, filled)) continue;
    const direct = isCarried(node.holders.get(attribute) ?? 0, node.filled);
    let agreeing = direct ? node.filled : 0;
    let parts = direct ? 1 : 0;
    let smallRows = 0;
    let smallParts = 0;
    for (const child of children) {
      const below = child.holders.get(attribute) ?? 0;
      if (child.filled < SMALL) {
        smallRows += below;
        if (below > 0) smallParts++;
      } else if (isCarried(below, child.filled)) {
        agreeing += child.filled;
        parts++;
      }
    }
    if (isCarried(smallRows, smallFilled)) {
      agreeing += smallFilled;
      parts += smallParts;
    }
    if ((direct && node.filled >= OWN_SHARE * filled) || (parts >= 2 && agreeing >= HOISTED_SHARE * filled))
      found.push(attribute);
  }
  return found;
}

function isCarried(rows: number, filled: number): boolean {
  if (rows >= SPARSE_ROWS) return rows >= SPARSE_SHARE * filled;
  return rows >= CARRIED_ROWS && rows >= CARRIED_SHARE * filled;
}

function ascending(a: number, b: number): number {
  return a - b;
}
