import { FloatRows } from '../index/vectors/floatRows.js';
import { CatalogConcepts } from '../search/concepts/catalogConcepts.js';
import type { NounHierarchy } from '../search/concepts/nounHierarchy.js';
import type { Calibration } from '../search/relevance/calibrate.js';
import { QueryRelevance } from '../search/relevance/queryRelevance.js';
import type { CatalogPart } from './bundle.js';
import { decodeVector, encodeVector } from './productDocument.js';

type PublishedCalibration = Pick<CatalogPart, 'minCosine' | 'relevance'>;

/** What is published of a calibration. */
export function publishCalibration({ minCosine, relevance }: Calibration): PublishedCalibration {
  if (relevance === undefined) return { minCosine, relevance: null };
  return {
    minCosine,
    relevance: {
      ...relevance.limits,
      unrelated: encodeVector(relevance.unrelated.toArray()),
      names: encodeVector(relevance.names.toArray()),
      concepts: relevance.concepts === undefined ? null : [...relevance.concepts.names],
    },
  };
}

/** The calibration that was published; `nouns` are those of the package. */
export function readCalibration(
  { minCosine, relevance, model }: PublishedCalibration & Pick<CatalogPart, 'model'>,
  nouns: NounHierarchy | undefined,
): Calibration {
  if (relevance === null || model === null) return { minCosine, relevance: undefined };
  const { short, long, unrelated, names, concepts } = relevance;
  const rows = (text: string): FloatRows => new FloatRows(decodeVector(text), model.dimension);
  const held = concepts === null || nouns === undefined ? undefined : new CatalogConcepts(nouns, concepts);
  return {
    minCosine,
    relevance: new QueryRelevance(rows(unrelated), rows(names), { short, long }, held),
  };
}
