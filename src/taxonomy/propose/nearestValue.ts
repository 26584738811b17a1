import { nameKey } from '../nameKey.js';
import type { EnumAttribute } from '../schema.js';

/** Finds the listed value whose name or alias is spelled most like a text. */
export class NearestValue {
  private readonly spellings: readonly { value: string; pieces: ReadonlySet<string> }[];

  constructor(attribute: EnumAttribute) {
    this.spellings = attribute.values.flatMap(({ name, aliases }) =>
      [name, ...aliases].map((spelling) => ({ value: name, pieces: piecesOf(spelling) })),
    );
  }

  /** Undefined where nothing has a piece in common; of equals the first listed. */
  of(text: string): { value: string; similarity: number } | undefined {
    const pieces = piecesOf(text);
    let nearest: { value: string; similarity: number } | undefined;
    for (const { value, pieces: other } of this.spellings) {
      let common = 0;
      for (const piece of pieces) if (other.has(piece)) common++;
      const similarity = (2 * common) / (pieces.size + other.size);
      if (similarity > (nearest?.similarity ?? 0)) nearest = { value, similarity };
    }
    return nearest && { ...nearest, similarity: Math.round(nearest.similarity * 1000) / 1000 };
  }
}

function piecesOf(text: string): Set<string> {
  const padded = `  ${nameKey(text)} `;
  const pieces = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) pieces.add(padded.slice(at, at + 3));
  return pieces;
}
