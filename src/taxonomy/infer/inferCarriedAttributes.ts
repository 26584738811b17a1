import type { CategoryNode } from './observeCategories.js';

/**
 * Minimum share and number of a category's filled rows with an attribute for the category to carry it. The share is much
 * lower from `MIN_SPARSE_ROWS` rows on, because shops fill most attributes of a category sparsely.
 */
const MIN_SHARE = 0.15;
const MIN_ROWS = 2;
const MIN_SPARSE_SHARE = 0.01;
const MIN_SPARSE_ROWS = 3;
/** Minimum share of the rows below whose categories carry an attribute for their parent to carry it instead. */
const MIN_HOISTED_SHARE = 0.8;
/** Children with fewer filled rows have too little data and are counted together. */
const MIN_OWN_ROWS = 5;
/** If at least this share of a category's rows is directly in it, they suffice for it to carry an attribute. */
const MIN_OWN_SHARE = 0.2;

/** Attributes that each category carries in addition to inherited ones: attribute numbers, ascending. */
export interface CarriedAttributes {
  /** Carried by every product. */
  readonly everywhere: readonly number[];
  readonly own: ReadonlyMap<CategoryNode, readonly number[]>;
}

/** A node with the totals of its subtree. */
interface Subtree {
  readonly node: CategoryNode;
  readonly children: readonly Subtree[];
  readonly filled: number;
  readonly holders: ReadonlyMap<number, number>;
}

/**
 * A category carries the attributes that enough of its filled rows have. Each is assigned to the highest category for
 * which most of the rows below agree. Rows without a category only decide about attributes that no category carries.
 */
export function inferCarriedAttributes(root: CategoryNode): CarriedAttributes {
  const own = new Map<CategoryNode, number[]>();
  const categories = aggregate({ ...root, filled: 0, holders: new Map() });
  const everywhere = hoistedAttributes(categories);
  const carried = new Set(everywhere);
  for (const child of categories.children) assign(child, new Set(everywhere), own, carried);
  for (const [attribute, rows] of root.holders) {
    if (!carried.has(attribute) && rows >= Math.max(5, 0.02 * root.filled)) everywhere.push(attribute);
  }
  return { everywhere: everywhere.sort(ascending), own };
}

function aggregate(node: CategoryNode): Subtree {
  const children = node.children.map(aggregate);
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

function assign(
  subtree: Subtree,
  inherited: ReadonlySet<number>,
  own: Map<CategoryNode, number[]>,
  carried: Set<number>,
): void {
  const fresh = (
    subtree.children.length === 0 ? carriedDirectly(subtree) : hoistedAttributes(subtree)
  ).filter((it) => !inherited.has(it));
  own.set(subtree.node, fresh.sort(ascending));
  for (const attribute of fresh) carried.add(attribute);
  const below = fresh.length === 0 ? inherited : new Set([...inherited, ...fresh]);
  for (const child of subtree.children) assign(child, below, own, carried);
}

function carriedDirectly({
  holders,
  filled,
}: {
  holders: ReadonlyMap<number, number>;
  filled: number;
}): number[] {
  return [...holders].filter(([, rows]) => isCarried(rows, filled)).map(([attribute]) => attribute);
}

function hoistedAttributes({ node, children, filled, holders }: Subtree): number[] {
  const small = children.filter((child) => child.filled < MIN_OWN_ROWS);
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
      if (child.filled < MIN_OWN_ROWS) {
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
    if (
      (direct && node.filled >= MIN_OWN_SHARE * filled) ||
      (parts >= 2 && agreeing >= MIN_HOISTED_SHARE * filled)
    )
      found.push(attribute);
  }
  return found;
}

function isCarried(rows: number, filled: number): boolean {
  if (rows >= MIN_SPARSE_ROWS) return rows >= MIN_SPARSE_SHARE * filled;
  return rows >= MIN_ROWS && rows >= MIN_SHARE * filled;
}

function ascending(a: number, b: number): number {
  return a - b;
}
