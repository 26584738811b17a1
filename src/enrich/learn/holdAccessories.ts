import { identityText } from '../../domain/identityText.js';
import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { HoldoutRow } from '../calibration/calibrate.js';
import type { LearnOptions } from '../enricher.js';
import { Encoder } from '../features/encoder.js';
import { CATEGORY } from '../proposal.js';
import type { Knowledge } from '../propose/knowledge.js';
import { CategoryProposer } from '../propose/proposeCategory.js';
import { maybeAccessory } from '../propose/titleHeads.js';
import { type AccessoryRow, accessoryRows } from './accessoryRows.js';
import { fitHeadFactors, type HeadOutcome } from './fitHeadFactors.js';
import { type TrainingData, yieldToEventLoop } from './prepareTrainingData.js';
import type { Split } from './splitHoldout.js';

/** One accessory per this many hold-out rows with a category, and at most this many in all. */
const ROWS_PER_ACCESSORY = 3;
const MAX_ACCESSORIES = 400;

interface HeldAccessory extends AccessoryRow {
  readonly vector: Float32Array | undefined;
}

/**
 * Fits what a title's head noun says about a proposed category (see `headSituation`) to the hold-out rows of all fits and
 * to made-up accessories of these rows, and gives the same factors to every fit. Also returns the accessories as hold-out
 * rows for calibration: those whose proposed category is the one of the product that they are for, which is wrong.
 */
export async function holdAccessories(
  data: TrainingData,
  splits: readonly Split[],
  fits: readonly Knowledge[],
  view: TaxonomyView,
  embed: LearnOptions['embed'],
  seed: number,
): Promise<{ fits: Knowledge[]; accessories: HoldoutRow[] }> {
  const outcomes: HeadOutcome[] = [];
  const held: HeldAccessory[][] = [];
  const labelled = splits.map(({ holdout }) => rowsWithCategory(data, holdout));
  const total = labelled.reduce((sum, rows) => sum + rows.length, 0);
  const step = Math.max(ROWS_PER_ACCESSORY, Math.ceil(total / MAX_ACCESSORIES));
  for (const [i, rows] of labelled.entries()) {
    const fit = fits[i];
    if (fit === undefined || rows.length === 0) continue;
    const chosen = rows.filter((_, n) => n % step === 0);
    const made = accessoryRows(chosen, view, fit.names, fit.heads, seed + i);
    const own = await withVectors(made, data.rows.dimension === 0 ? undefined : embed);
    held[i] = own;
    const propose = categoryProposals(fit, view);
    for (const [n, { row, product, category }] of rows.entries()) {
      if (n % 100 === 0) await yieldToEventLoop();
      const proposal = propose(product, data.vectors[row]);
      if (proposal !== undefined) outcomes.push({ ...proposal, right: proposal.value === category });
    }
    for (const { product, vector, category } of own) {
      const proposal = propose(product, vector);
      if (proposal?.value === category) outcomes.push({ ...proposal, right: false });
    }
  }
  const factors = fitHeadFactors(outcomes);
  const fitted = fits.map((fit) => ({ ...fit, heads: { ...fit.heads, factors } }));
  const accessories = held.flatMap((own, i) => {
    const fit = fitted[i];
    return fit === undefined ? [] : asHoldoutRows(own, fit, view);
  });
  return { fits: fitted, accessories };
}

function rowsWithCategory(
  { products, labels }: TrainingData,
  rows: Int32Array,
): { row: number; product: Product; category: string }[] {
  return [...rows].flatMap((row) => {
    const product = products[row];
    const category = labels[row]?.category;
    return product === undefined || category === undefined ? [] : [{ row, product, category }];
  });
}

async function withVectors(
  rows: readonly AccessoryRow[],
  embed: LearnOptions['embed'],
): Promise<HeldAccessory[]> {
  const vectors =
    embed === undefined || rows.length === 0
      ? []
      : await embed(rows.map(({ product }) => identityText(product)));
  return rows.map((row, i) => ({ ...row, vector: vectors[i] }));
}

type Proposed = Pick<HeadOutcome, 'situation' | 'score'> & { readonly value: string };

function categoryProposals(
  fit: Knowledge,
  view: TaxonomyView,
): (product: Product, vector: Float32Array | undefined) => Proposed | undefined {
  const proposer = new CategoryProposer(fit.category, fit.neighbours, view, fit);
  const encoder = new Encoder(fit.vocabulary);
  return (product, vector) => {
    encoder.encode(product);
    const proposal = proposer.propose(product, encoder, vector);
    if (proposal === undefined) return undefined;
    const value = String(proposal.value);
    return { value, score: proposal.score, situation: proposer.situation(product, value) };
  };
}

function asHoldoutRows(
  accessories: readonly HeldAccessory[],
  fit: Knowledge,
  view: TaxonomyView,
): HoldoutRow[] {
  const proposer = new CategoryProposer(fit.category, fit.neighbours, view, fit);
  const encoder = new Encoder(fit.vocabulary);
  return accessories.flatMap(({ product, vector, category }): HoldoutRow[] => {
    encoder.encode(product);
    const proposal = proposer.propose(product, encoder, vector);
    if (proposal?.value !== category || !maybeAccessory(proposer.situation(product, category))) return [];
    // No category is right: the taxonomy may have none for it.
    const labels = { category: '', values: new Map(), explicitlyEmpty: new Set<string>() };
    return [{ proposals: new Map([[CATEGORY, [proposal]]]), labels }];
  });
}
