/** Random choices. */
export class RandomChoice {
  constructor(readonly random: () => number) {}

  /** A whole number from 0 to below `below`. */
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
