import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { tokens } from '../../text/tokens.js';
import { UNTRIED } from '../calibration/answer.js';
import { fitCurve, type Outcome, readCurve } from '../calibration/curve.js';
import type { Doubter, Example, LearnTools } from '../enrich.js';
import { Encoder } from '../features/encode.js';
import { CategoryProposer } from '../propose/proposeCategory.js';
import { readCategoryWords } from '../propose/readCategoryWords.js';
import { gather, tasksFor } from './gather.js';
import { learnInWorker } from './learnInWorker.js';
import { mixFits } from './mixFits.js';
import { breathe, prepare } from './prepare.js';
import type { Split } from './splitRows.js';

const HALVES = 2;
/** The proposed category is at least this likely, and the merchant's at most that. */
const MIN_SURE = 0.9;
const MAX_GIVEN = 0.05;

/**
 * Learns to doubt the categories that a shop has given, for the audit. A row that taught would vouch for itself, so
 * there are two fits, each on one half of the filled rows, and a product is judged by the fit of the other half.
 * Variants of one product (same group, else the same words but for numbers) are in the same half: a mistake
 * made for a whole group would vouch for itself too. Costs about as much as learning the categories once.
 * @throws UserError if training fails.
 */
export async function learnDoubts(
  examples: readonly Example[],
  view: TaxonomyView,
  tools: LearnTools,
): Promise<Doubter> {
  const filled = examples.flatMap(({ product, vector }) => {
    const { attributes: _, ...rest } = product;
    return view.find(product.category ?? '') === undefined ? [] : [{ product: rest, vector }];
  });
  const prepared = await prepare(filled, view, tools.seed);
  const all = Int32Array.from(prepared.products, (_, row) => row);
  const splits: Split[] = Array.from({ length: HALVES }, (_, half) => ({
    taught: all.filter((row) => halfOf(prepared.products[row]) !== half),
    heldOut: all.filter((row) => halfOf(prepared.products[row]) === half),
  }));
  const words = await readCategoryWords(prepared, view, tools.embed);
  const tasks = splits.map(({ taught }) =>
    tasksFor(prepared, taught, tools.seed).filter(({ key }) => key === ''),
  );
  let done = 0;
  const trained = await learnInWorker(
    prepared.rows,
    tasks.map((some) => some.map(({ task }) => task)),
    () => tools.progress('learn', ++done, HALVES),
  );
  const fits = [];
  for (const [half, { taught }] of splits.entries()) {
    const parts = trained[half]?.[0];
    fits.push(
      await gather(
        prepared,
        taught,
        new Map(parts === undefined ? [] : [['', parts]]),
        words,
        view,
        undefined,
      ),
    );
  }
  const judges = (await mixFits(prepared, splits, fits, view)).map(
    (fit) => new CategoryProposer(fit.category, fit.memory, view),
  );
  const encoder = new Encoder(prepared.vocabulary);
  const outcomes: Outcome[] = [];
  for (const row of all) {
    if (row % 200 === 0) await breathe();
    const product = prepared.products[row];
    if (product === undefined) continue;
    encoder.encode(product);
    const said = judges[halfOf(product)]?.propose(product, encoder, prepared.vectors[row]);
    if (said !== undefined)
      outcomes.push({ score: said.score, right: said.value === prepared.labels[row]?.category });
  }
  const curve = fitCurve(outcomes, UNTRIED);
  return {
    doubt(product, vector) {
      const given = view.find(product.category ?? '');
      const judge = judges[halfOf(product)];
      if (given === undefined || judge === undefined) return undefined;
      encoder.encode(product);
      const said = judge.propose(product, encoder, vector);
      if (said === undefined || isSameLine(view, given.id, String(said.value))) return undefined;
      const confidence = readCurve(curve, said.score);
      if (confidence < MIN_SURE || judge.probabilityOf(given.id) > MAX_GIVEN) return undefined;
      const { evidence, value } = said;
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

/** Whether one of the two lies above the other: filed less finely is not filed wrongly. */
function isSameLine(view: TaxonomyView, one: string, other: string): boolean {
  const line = (id: string): string[] => [id, ...view.ancestors(id).map((ancestor) => ancestor.id)];
  return line(one).includes(other) || line(other).includes(one);
}

function halfOf(product: Product | undefined): number {
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
  return (state >>> 16) % HALVES;
}
