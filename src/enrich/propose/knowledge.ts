import type { ShopNames } from '../context/names.js';
import type { Classifier } from '../features/classifier.js';
import type { Vocabulary } from '../features/vocabulary.js';
import type { TaggerParts } from '../tag/tagger.js';
import type { CategoryVectors } from './categoryVectors.js';
import type { NeighbourIndex } from './neighbourIndex.js';
import type { SmoothedPrecision } from './smoothedPrecision.js';
import type { StackingWeights } from './stacking.js';
import type { TitleHeads } from './titleHeads.js';

/** Everything that proposals are made from, as learned from one set of rows. Calibration and policies are separate. */
export interface Knowledge {
  readonly vocabulary: Vocabulary;
  readonly category: CategoryKnowledge;
  /** By attribute id. */
  readonly attributes: ReadonlyMap<string, ValueClassifier>;
  /** How often values of lists found in the text were the merchant's. */
  readonly lookups: SmoothedPrecision;
  /** How often quantities found in the text were the merchant's. */
  readonly measures: SmoothedPrecision;
  readonly neighbours: NeighbourIndex;
  /** Brands and words of the rows' titles. */
  readonly names: ShopNames;
  /** Head nouns of the rows' titles. */
  readonly heads: TitleHeads;
  /** Undefined if too few values occur in the rows' texts to train one. */
  readonly tagger: TaggerParts | undefined;
}

/** What category proposals are made from. */
export interface CategoryKnowledge {
  /** Category id of each class of the classifier. */
  readonly classes: readonly string[];
  readonly classifier: Classifier | undefined;
  /** Category id of each zero-shot vector. */
  readonly candidates: readonly string[];
  /** The vectors of the categories' texts. */
  readonly zeroShot: CategoryVectors | undefined;
  /** Ids of categories with labelled products, and the number of those. */
  readonly labelled: readonly (readonly [string, number])[];
  /** The centroid of each category in `labelled`. */
  readonly centroids: CategoryVectors | undefined;
  /** Undefined if there are so many labels that the classifier is used alone. */
  readonly stacking: StackingWeights | undefined;
}

/** The zero-shot part, which all fits share. */
export type ZeroShotKnowledge = Pick<CategoryKnowledge, 'candidates' | 'zeroShot'>;

/** A classifier over the values of one attribute. */
export interface ValueClassifier {
  readonly values: readonly (string | boolean)[];
  /** The classifier has one more class, for products without the attribute. */
  readonly absent: boolean;
  readonly classifier: Classifier;
}
