import type { Precisions } from '../judge/precision.js';
import type { Vocabulary } from '../learn/vocabulary.js';
import type { Classifier } from './classifier.js';
import type { Memory } from './memory.js';
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
}

export interface CategoryKnowledge {
  /** Category id of each class of the classifier. */
  readonly classes: readonly string[];
  readonly classifier: Classifier | undefined;
  /** Category id of each vector of the zero-shot. */
  readonly candidates: readonly string[];
  readonly zeroShot: ZeroShot | undefined;
  /** Weight of the zero-shot in the mixture, 0 to 1. */
  readonly share: number;
}

export interface ValueClassifier {
  readonly values: readonly (string | boolean)[];
  /** The classifier has one more class, of products that the attribute is not for. */
  readonly absent: boolean;
  readonly classifier: Classifier;
}
