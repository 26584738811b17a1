import type { Duplicate, Variants } from '../report.js';
import { areSiblings, FEATURE_COUNT, TEMPLATE } from './comparePair.js';
import type { Listing } from './readListing.js';
import { compareIds, type DuplicateOptions, scorePairs } from './scorePairs.js';

export interface DuplicateReport {
  /** The likeliest first; each pair once. */
  readonly duplicates: readonly Duplicate[];
  readonly variants: readonly Variants[];
  /** Number of candidate pairs compared. */
  readonly compared: number;
}

/**
 * Finds rows of the same thing, and rows that are variants of one thing, by unsupervised record linkage (`scorePairs`).
 * The result does not depend on the order of the rows.
 */
export function findDuplicates(options: DuplicateOptions): DuplicateReport {
  const { listings, pairs, levels, logOdds, distinct } = scorePairs(options);
  const duplicates: Duplicate[] = [];
  const variants = new VariantSets();
  for (let pair = 0; pair < logOdds.length; pair++) {
    const [a, b] = [listings[pairs.first[pair] ?? 0], listings[pairs.second[pair] ?? 0]];
    if (a === undefined || b === undefined) continue;
    if (distinct[pair] === 1) {
      if (levels[pair * FEATURE_COUNT + TEMPLATE] === 1) variants.add(a, b);
    } else if ((logOdds[pair] ?? 0) > 0) {
      const score = Math.round(1e4 / (1 + Math.exp(-(logOdds[pair] ?? 0)))) / 1e4;
      duplicates.push({ ids: [a.product.id, b.product.id], score, reason: reasonFor(a, b) });
    }
  }
  duplicates.sort(
    (a, b) => b.score - a.score || compareIds(a.ids[0], b.ids[0]) || compareIds(a.ids[1], b.ids[1]),
  );
  return { duplicates, variants: variants.sets(), compared: logOdds.length };
}

/** Why two rows are likely the same thing: what they share, the strongest first, then what contradicts it. */
function reasonFor(a: Listing, b: Listing): string {
  const gtin = a.gtins.find((code) => b.gtins.includes(code));
  const code =
    [...a.codes].find((own) => b.codes.includes(own) || b.mentioned.includes(own)) ??
    b.codes.find((own) => a.mentioned.includes(own));
  const reasons: string[] = [];
  if (gtin !== undefined) reasons.push(`the same gtin ${gtin}`);
  if (code !== undefined) reasons.push(`the same code ${code.toUpperCase()}`);
  if (a.title === b.title) reasons.push('the same title');
  else {
    const shared = [...a.words].filter((word) => b.words.includes(word)).length;
    const length = Math.min(a.words.length, b.words.length);
    reasons.push(`${shared} of ${length} words of the shorter title`);
  }
  const [one, other] = [a.product.price, b.product.price];
  if (one !== undefined && other !== undefined && one > 0 && other > 0) {
    reasons.push(one === other ? 'the same price' : `prices ${one} and ${other}`);
  }
  if (a.group !== undefined && b.group !== undefined && a.group !== b.group)
    reasons.push('though in two groups');
  return reasons.join(', ');
}

const MODEL_SUFFIX = 'the end of the model number';

/**
 * Collects rows without a common group whose titles differ only in a variant attribute (colour, size, …) or in the end of
 * a model number. A set is one title with the differing words left open.
 */
class VariantSets {
  readonly #sets = new Map<string, { ids: Set<string>; difference: string }>();

  /** Adds two rows whose titles have the same words except for one or two. */
  add(a: Listing, b: Listing): void {
    if (a.group !== undefined && b.group !== undefined) return;
    if (a.brand !== undefined && b.brand !== undefined && a.brand !== b.brand) return;
    const template: string[] = [];
    const differences = new Set<string>();
    for (const [i, word] of a.sequence.entries()) {
      const other = b.sequence[i] ?? '';
      if (word === other) {
        template.push(word);
        continue;
      }
      const difference = differenceOf(a, b, word, other);
      if (difference === undefined) return;
      differences.add(difference);
      template.push('*');
    }
    const difference = [...differences].sort().join(', ');
    const key = `${a.brand ?? b.brand ?? ''}\n${template.join(' ')}\n${difference}`;
    const set = this.#sets.get(key) ?? { ids: new Set(), difference };
    this.#sets.set(key, set);
    set.ids.add(a.product.id).add(b.product.id);
  }

  /** The largest first, then by ids. */
  sets(): Variants[] {
    return [...this.#sets.values()]
      .map(({ ids, difference }) => ({ ids: [...ids].sort(), reason: `the same but for ${difference}` }))
      .sort((a, b) => b.ids.length - a.ids.length || (a.ids.join('\n') < b.ids.join('\n') ? -1 : 1));
  }
}

/** The variant attribute that two words are values of, according to the rows' own values. */
function differenceOf(a: Listing, b: Listing, word: string, other: string): string | undefined {
  for (const [attribute, ones] of a.variantValues) {
    const others = b.variantValues.get(attribute);
    if (others === undefined || [...ones].some((value) => others.has(value))) continue;
    if (hasWord(ones, word) && hasWord(others, other)) return attribute;
  }
  return a.codes.includes(word) && b.codes.includes(other) && areSiblings(word, other)
    ? MODEL_SUFFIX
    : undefined;
}

function hasWord(values: ReadonlySet<string>, word: string): boolean {
  return [...values].some((value) => value.split(/[^\p{L}\p{N}]+/u).includes(word));
}
