import type { Order } from './order.js';

/**
 * The first `count` of `items` in order, sorted; `order` must be total. A heap of `count` items whose root is
 * the last of them, so that most items cost one comparison.
 */
export function firstOf(items: Uint32Array, count: number, order: Order): number[] {
  const heap: number[] = [];
  const at = (place: number): number => heap[place] ?? 0;
  const sink = (): void => {
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const last = right < heap.length && order(at(right), at(left)) > 0 ? right : left;
      if (order(at(last), at(parent)) <= 0) return;
      [heap[parent], heap[last]] = [at(last), at(parent)];
      parent = last;
    }
  };
  const rise = (): void => {
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >>> 1;
      if (order(at(child), at(parent)) <= 0) return;
      [heap[parent], heap[child]] = [at(child), at(parent)];
      child = parent;
    }
  };
  if (count <= 0) return [];
  for (const item of items) {
    if (heap.length < count) {
      heap.push(item);
      rise();
    } else if (order(item, at(0)) < 0) {
      heap[0] = item;
      sink();
    }
  }
  return heap.sort(order);
}
