import { TopK } from '../structures/topK.js';
import { editDistance } from './editDistance.js';
import { fold } from './fold.js';

/** The `max` names closest to a mistyped one, best first. If one name contains the other, the distance is 1. */
export function nearestNames(wanted: string, names: readonly string[], max = 3): string[] {
  const key = fold(wanted);
  const nearest = new TopK<NearName>(max, (a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  for (const name of new Set(names))
    nearest.offer({ name, distance: distanceOrPart(key, fold(name), nearest.worst?.distance) });
  return nearest.items.map(({ name }) => name);
}

interface NearName {
  readonly name: string;
  readonly distance: number;
}

/** A distance above `max` is only known to be above it. */
function distanceOrPart(a: string, b: string, max?: number): number {
  if (a !== b && a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 1;
  return editDistance(a, b, max);
}

/**
 * The name or category path nearest to a text: the smallest edit distance after `fold`, divided by the longer length,
 * to the whole path or its last level. The first one of equals; undefined without names.
 */
export function nearestPath(text: string, paths: readonly string[]): string | undefined {
  const folded = fold(text);
  let best: { path: string; distance: number } | undefined;
  for (const path of paths) {
    const whole = fold(path);
    const tail = whole.slice(whole.lastIndexOf('>') + 1).trim();
    const distance = Math.min(
      relativeDistance(folded, whole),
      tail === whole ? 1 : relativeDistance(folded, tail),
    );
    if (best === undefined || distance < best.distance) best = { path, distance };
  }
  return best?.path;
}

function relativeDistance(one: string, other: string): number {
  return editDistance(one, other) / Math.max(one.length, other.length, 1);
}

/**
 * The name that a misspelled text means, if it is unambiguous: the single nearest one within two edits (one for texts
 * of up to six letters), else the only one that the text contains as whole words (`light navy` → `Navy`). Undefined if
 * there is none.
 */
export function correctSpelling(text: string, names: readonly string[]): string | undefined {
  const folded = fold(text);
  const max = folded.length <= 6 ? 1 : 2;
  if (folded.length >= 4) {
    let best: string | undefined;
    let min = max + 1;
    let tied = false;
    for (const name of names) {
      const distance = editDistance(folded, fold(name), Math.min(max, min));
      if (distance > max || distance > min) continue;
      tied = distance === min;
      if (distance < min) [best, min] = [name, distance];
    }
    if (best !== undefined && !tied) return best;
  }
  const inside = names.filter((name) => name.length >= 3 && ` ${folded} `.includes(` ${fold(name)} `));
  return inside.length === 1 ? inside[0] : undefined;
}

/** Finds the most similar of many spellings by trigrams; fast enough for thousands of spellings. */
export class TrigramIndex {
  private readonly entries: readonly { name: string; trigrams: ReadonlySet<string> }[];

  /** `spellings` must be normalised in the same way as the texts to look up. */
  constructor(spellings: readonly { readonly name: string; readonly spelling: string }[]) {
    this.entries = spellings.map(({ name, spelling }) => ({ name, trigrams: trigramsOf(spelling) }));
  }

  /**
   * The name with the highest Dice coefficient of trigrams, from 0 to 1 in thousandths; the first one of equals.
   * Undefined if no spelling shares a trigram with the text.
   */
  nearest(text: string): { name: string; similarity: number } | undefined {
    const trigrams = trigramsOf(text);
    let nearest: { name: string; similarity: number } | undefined;
    for (const { name, trigrams: other } of this.entries) {
      let common = 0;
      for (const trigram of trigrams) if (other.has(trigram)) common++;
      const similarity = (2 * common) / (trigrams.size + other.size);
      if (similarity > (nearest?.similarity ?? 0)) nearest = { name, similarity };
    }
    return nearest && { ...nearest, similarity: Math.round(nearest.similarity * 1000) / 1000 };
  }
}

function trigramsOf(text: string): Set<string> {
  const padded = `  ${text} `;
  const trigrams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) trigrams.add(padded.slice(at, at + 3));
  return trigrams;
}
