/** From this length on V8 cuts a string out of another by keeping that one: an id would keep its whole row in memory. */
const SLICED = 13;

/** The ids of a file and the lines they stand on, so that a second row of one id is told. */
export class SeenIds {
  readonly #lines = new Map<string, number>();

  /** The line that has the id already; undefined, and remembered, where it is new. */
  firstLine(id: string, line: number): number | undefined {
    const first = this.#lines.get(id);
    if (first === undefined) this.#lines.set(id.length < SLICED ? id : Buffer.from(id).toString(), line);
    return first;
  }
}

export function duplicateReason(id: string, first: number): string {
  return `the id ${JSON.stringify(id)} is already on line ${first}; every product needs an id of its own`;
}
