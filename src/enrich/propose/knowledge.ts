import type { Precisions } from '../calibration/precision.js';
import type { Vocabulary } from '../features/vocabulary.js';
import type { TaggerParts } from '../tag/tagger.js';
import type { Classifier } from './classifier.js';
import type { Memory } from './memory.js';
import type { Mixture } from './mixture.js';
import type { ZeroShot } from './zeroshot.js';

/** Everything that proposals are made from, as learned from some rows; calibration and policy come on top. */
export interface Knowledge {
  readonly vocabulary: Vocabulary;
  readonly category: CategoryKnowledge;
  /** By attribute id. */
  readonly attributes: ReadonlyMap<string, ValueClassifier>;
  /** How often values found in the text were the merchant's. */
  readonly lookups: Precisions;
  /** How often quantities found in the text were the merchant's. */
  readonly measures: Precisions;
  readonly memory: Memory;
  /** Undefined where too few values stand in the rows' texts to learn from. */
  readonly tagger: TaggerParts | undefined;
}

export interface CategoryKnowledge {
  /** Category id of each class of the classifier. */
  readonly classes: readonly string[];
  readonly classifier: Classifier | undefined;
  /** Category id of each vector of the zero-shot. */
  readonly candidates: readonly string[];
  readonly zeroShot: ZeroShot | undefined;
  /** Categories with labelled products, and how many. */
  readonly labelled: readonly (readonly [string, number])[];
  /** Of each of these, the mean of its products' vectors and its words'. */
  readonly prototypes: ZeroShot | undefined;
  /** Undefined where labels are so many that the classifier alone speaks. */
  readonly mixture: Mixture | undefined;
}

/** What the categories' words say, read once for all fits. */
export type CategoryWords = Pick<CategoryKnowledge, 'candidates' | 'zeroShot'>;

export interface ValueClassifier {
  readonly values: readonly (string | boolean)[];
  /** The classifier has one more class, of products that the attribute is not for. */
  readonly absent: boolean;
  readonly classifier: Classifier;
}
