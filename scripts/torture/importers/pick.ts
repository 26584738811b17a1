/** Choices from a stream of random numbers. */
export class Pick {
  constructor(readonly random: () => number) {}

  /** From 0 up to, not including, `below`. */
  number(below: number): number {
    return Math.floor(this.random() * below);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  of<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.number(items.length)] ?? items[0];
  }
}
