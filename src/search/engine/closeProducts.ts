import { selectTop } from '../../structures/topK.js';
import { CLOSE, MAX_CLOSE } from '../findClose.js';
import { type PresentedSearch, presentHit } from '../present/presentHit.js';
import { Ranking } from '../rank/ranking.js';
import { byId } from '../rank/sortOrder.js';
import { STRICT } from '../retrieve/retrieve.js';
import type { Hit } from '../searchAnswer.js';
import { MIN_PRODUCTS } from '../understand/structure/chooseFilters.js';
import type { EngineContext } from './engineContext.js';
import { EngineIndex } from './engineIndex.js';
import { EngineSet, engineSets } from './engineSets.js';
import { agreementOf, fetchedCandidates } from './fetchedCandidates.js';
import { applyToProducts, type SearchPlan } from './planSearch.js';
import { firstScores } from './preselect.js';
import type { ProductEngine } from './productEngine.js';
import { both, NONE } from './products.js';

/** Products that are ranked to find the close ones. */
const RANKED = 100;

/** See findClose. */
export async function closeProducts(
  context: EngineContext,
  engine: ProductEngine,
  plan: SearchPlan,
  total: number,
  presented: PresentedSearch,
): Promise<Hit[]> {
  const { index, questions, found, understood, vector } = plan;
  const isShort = total > 0 && total < MIN_PRODUCTS && found.wider !== undefined;
  if (understood.words.length === 0 || (total > 0 && !isShort)) return [];
  const pass = isShort ? found.wider?.clone().andNot(found.candidates.set) : found.pass;
  if (pass === undefined) return [];
  const close = await questions.settle(() => {
    const wanted = isShort ? STRICT : CLOSE;
    const one = engineSets(index).retrieve(understood, vector, context.minCosine, pass, wanted);
    // Rules pin nothing here.
    const ruled = applyToProducts(index, one.set, new EngineSet(index, NONE), plan.matched, []);
    return { one, products: [...plan.refined.values()].reduce(both, ruled) };
  });
  const scores = firstScores(index, close.one, understood, found.readings);
  const { listed } = await engine.list(
    [{ products: close.products, scores, sort: [], grouped: false, from: 0, size: RANKED, whole: true }],
    [],
  );
  const local = new EngineIndex(context.vocabulary, context.taxonomy, index.all);
  local.add(listed[0]?.products ?? []);
  const candidates = fetchedCandidates(local, understood, close.one, vector);
  const agreement = isShort ? agreementOf(index, local, found.agreement) : undefined;
  const ranking = new Ranking(local, candidates, context.weights, agreement);
  const { ruleEffects: _, ...shown } = presented;
  return selectTop(
    candidates.ordinals,
    MAX_CLOSE,
    (a, b) => ranking.score(b) - ranking.score(a) || byId(local, a, b),
  ).map((ordinal) => presentHit({ ...shown, index: local, candidates, ranking }, ordinal));
}
