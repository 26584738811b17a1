import type { LiveIndex } from '../../index/liveIndex.js';
import { explainHit } from '../explain/explainHit.js';
import { fieldsIn } from '../filter/matchProduct.js';
import type { Filter } from '../filter/parseFilter.js';
import type { Ranking } from '../rank/ranking.js';
import type { CandidateSet } from '../retrieve/retrieve.js';
import type { RuleEffects } from '../rules/ruleEffects.js';
import type { Hit } from '../searchAnswer.js';
import type { UnderstoodQuery } from '../understand/understandQuery.js';
import { findMatches } from './findMatches.js';
import { highlightProduct } from './highlightProduct.js';
import { matchedTerms } from './matchedTerms.js';
import type { FieldSelection } from './selectFields.js';

/** What a hit is presented by. */
export interface PresentedSearch {
  readonly index: LiveIndex;
  readonly understood: UnderstoodQuery;
  readonly filter: Filter | undefined;
  readonly fields: FieldSelection;
  readonly explain: boolean;
  readonly matches: boolean;
  readonly candidates: CandidateSet;
  readonly ranking: Ranking;
  /** Undefined for products that rules do not move. */
  readonly ruleEffects?: RuleEffects;
}

/** One product of an answer: its score, its selected fields, and where the query's words are in them. */
export function presentHit(search: PresentedSearch, ordinal: number): Hit {
  const { index, understood, fields, candidates, ranking, ruleEffects } = search;
  const product = index.document(ordinal);
  const shown = fields.pick(product);
  const highlight = highlightProduct(shown, matchedTerms(index, understood.words, ordinal));
  const hit: Hit = {
    id: index.idOf(ordinal),
    score: ranking.score(ordinal) + (ruleEffects?.share(ordinal) ?? 0),
    tier: candidates.tierOf(ordinal),
    product: shown,
    ...(Object.keys(highlight).length > 0 && { _highlight: highlight }),
    ...(search.matches && { matches: findMatches(index, shown, understood.words, ordinal) }),
  };
  if (!search.explain) return hit;
  const filtered = search.filter === undefined ? [] : fieldsIn(search.filter);
  const explained = explainHit(index, understood.words, ranking, filtered, ordinal, product);
  const touchingRules = ruleEffects?.touchingRules(ordinal) ?? [];
  return {
    ...hit,
    explain: {
      ...explained,
      // The evidence belongs to what the request did not ask for.
      ...(!fields.shows('_shelfwright') && { facts: [] }),
      shares: { ...explained.shares, ...ruleEffects?.shares(ordinal) },
      ...(touchingRules.length > 0 && { rules: touchingRules }),
    },
  };
}
