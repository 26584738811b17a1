import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { tokens } from '../../text/tokens.js';
import { UNCALIBRATED } from '../calibration/calibratedAnswer.js';
import { applyCurve, fitCurve, type Outcome } from '../calibration/calibrationCurve.js';
import type { CategoryChecker, Example, LearnOptions } from '../enricher.js';
import { Encoder } from '../features/encoder.js';
import { CategoryProposer } from '../propose/proposeCategory.js';
import { assembleKnowledge, classifierTasks } from './assembleKnowledge.js';
import { embedCategories } from './embedCategories.js';
import { fitStacking } from './fitStacking.js';
import { learnTexts } from './learnTexts.js';
import { prepareTrainingData, yieldToEventLoop } from './prepareTrainingData.js';
import { trainClassifiers } from './runClassifierWorkers.js';
import type { Split } from './splitHoldout.js';

const FOLDS = 2;
/** Minimum confidence of the proposed category, and maximum probability of the merchant's. */
const MIN_PROPOSED = 0.9;
const MAX_GIVEN = 0.05;

/**
 * Learns to find products in a wrong category, for the audit (label error detection by 2-fold cross-validation). A model
 * that learned from a wrong label would confirm it, so each product is checked by the model of the other fold. Variants
 * of one product (same group, else same title words except those with digits) are in one fold, because a mistake made
 * for a whole group would confirm itself too. Costs about as much as learning the categories once.
 * @throws UserError if training fails.
 */
export async function learnCategoryCheck(
  examples: readonly Example[],
  view: TaxonomyView,
  options: LearnOptions,
): Promise<CategoryChecker> {
  const labelled = examples.flatMap(({ product, vector }) => {
    const { attributes: _, ...rest } = product;
    return view.find(product.category ?? '') === undefined ? [] : [{ product: rest, vector }];
  });
  const data = await prepareTrainingData(labelled, view, options.seed);
  const rows = Int32Array.from(data.products, (_, row) => row);
  const splits: Split[] = Array.from({ length: FOLDS }, (_, fold) => ({
    training: rows.filter((row) => foldOf(data.products[row]) !== fold),
    holdout: rows.filter((row) => foldOf(data.products[row]) === fold),
  }));
  const zeroShot = await embedCategories(data, view, options.embed);
  const tasks = splits.map(({ training }) =>
    classifierTasks(data, training, options.seed).filter(({ key }) => key === ''),
  );
  let done = 0;
  const trained = await trainClassifiers(
    data.rows,
    data.products.length,
    tasks.map((group) => group.map(({ task }) => task)),
    () => options.progress('learn', ++done, FOLDS),
  );
  const texts = await learnTexts(
    data,
    splits.map(({ training }) => training),
    view,
  );
  const fits = splits.flatMap(({ training }, fold) => {
    const parts = trained[fold]?.[0];
    const text = texts[fold];
    const classifiers = new Map(parts === undefined ? [] : [['', parts]]);
    return text === undefined
      ? []
      : [assembleKnowledge(data, training, text, classifiers, zeroShot, undefined)];
  });
  const proposers = (await fitStacking(data, splits, fits, view)).map(
    (fit) => new CategoryProposer(fit.category, fit.neighbours, view),
  );
  const encoder = new Encoder(data.vocabulary);
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    if (row % 200 === 0) await yieldToEventLoop();
    const product = data.products[row];
    if (product === undefined) continue;
    encoder.encode(product);
    const proposal = proposers[foldOf(product)]?.propose(product, encoder, data.vectors[row]);
    if (proposal !== undefined)
      outcomes.push({ score: proposal.score, right: proposal.value === data.labels[row]?.category });
  }
  const curve = fitCurve(outcomes, UNCALIBRATED);
  return {
    check(product, vector) {
      const given = view.find(product.category ?? '');
      const proposer = proposers[foldOf(product)];
      if (given === undefined || proposer === undefined) return undefined;
      encoder.encode(product);
      const proposal = proposer.propose(product, encoder, vector);
      if (proposal === undefined || isSameLineage(view, given.id, String(proposal.value))) return undefined;
      const confidence = applyCurve(curve, proposal.score);
      if (confidence < MIN_PROPOSED || proposer.probabilityOf(given.id) > MAX_GIVEN) return undefined;
      const { evidence, value } = proposal;
      return {
        field: 'category',
        given: view.path(given.id),
        proposed: view.path(String(value)),
        confidence,
        evidence,
      };
    },
  };
}

/** Whether one category is the other or an ancestor of it: a broader category is not a wrong one. */
function isSameLineage(view: TaxonomyView, one: string, other: string): boolean {
  const lineage = (id: string): string[] => [id, ...view.ancestors(id).map((ancestor) => ancestor.id)];
  return lineage(one).includes(other) || lineage(other).includes(one);
}

/** The fold that holds a product out, by a hash (FNV-1a) of its group or of its title words without digits. */
function foldOf(product: Product | undefined): number {
  const group = product?.group_id;
  const key =
    typeof group === 'string' && group !== ''
      ? group
      : tokens(product?.title ?? product?.id ?? '')
          .map(({ folded }) => folded)
          .filter((word) => !/\d/.test(word))
          .join(' ');
  let state = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) state = Math.imul(state ^ key.charCodeAt(i), 0x01000193) >>> 0;
  return (state >>> 16) % FOLDS;
}
