import type { Evidence, Fact } from '../domain/fact.js';
import type { Product } from '../domain/product.js';
import type { Progress } from '../domain/progress.js';
import type { PrecisionTargets } from './calibration/policies.js';
import type { Waiting } from './calibration/thresholds.js';
import type { HoldoutProfile } from './holdoutProfile.js';
import type { RejectedValue } from './rejectedValues.js';

/** A product with the unit vector of its identity text; undefined if it has none (lexical mode). */
export interface Example {
  readonly product: Product;
  readonly vector: Float32Array | undefined;
}

/** How a reviewer judged a value of the enricher, and the confidence that it was shown with. */
export interface ReviewOutcome {
  /** `category` or `attributes.<key>`. */
  readonly field: string;
  readonly confidence: number;
  /** Accepted; otherwise rejected, or corrected to another value. */
  readonly right: boolean;
  /** Path of the product's category, or the reviewed category itself. */
  readonly category?: string | undefined;
  /** How many products the decision settled; 1 unless given. */
  readonly settled?: number;
}

export interface LearnOptions {
  /** Embeds texts as unit vectors, one per text, in order; absent in lexical mode. Used for category texts and
   * for made-up accessories. */
  readonly embed?: (texts: readonly string[]) => Promise<readonly Float32Array[]>;
  /** The same examples, taxonomy and seed give the same enricher. */
  readonly seed: number;
  /** Receives the steps `learn` (in classifiers trained) and `tag` (in taggers trained). */
  readonly progress: Progress;
  /** Accepted values let a field apply more by itself, rejected ones less. */
  readonly reviewOutcomes?: readonly ReviewOutcome[];
  readonly targets?: PrecisionTargets;
}

/** Results of one field on the hold-out rows. */
export interface FieldReport {
  readonly field: string;
  /** Hold-out rows with a merchant's value in this field. */
  readonly heldOut: number;
  /** Of those, how many got an answer, and how many of the answers were right. */
  readonly answered: number;
  readonly right: number;
  /** The confidence from which a fact applies itself, unless its category has another threshold. */
  readonly threshold: number | undefined;
  /** Number of categories whose threshold differs from their parent's. */
  readonly ownThresholds: number;
  /** Why the field applies nothing, except in categories with a threshold of their own. */
  readonly waiting?: Waiting | undefined;
  /** Answers that would have applied themselves, and how many of them were right. */
  readonly applied: number;
  readonly appliedRight: number;
  /** Expected calibration error, over ten bins. */
  readonly calibrationError: number;
}

export interface EnrichReport {
  /** Rows learned from, and hold-out rows used for calibration. */
  readonly learnedFrom: number;
  readonly heldOut: number;
  readonly fields: readonly FieldReport[];
  /** What was switched off and why, one sentence each. */
  readonly notes: readonly string[];
}

/** Fills blanks, one product at a time, without I/O. */
export interface Enricher {
  /** Hash of examples, taxonomy, seed, reviews and targets. Changes whenever learning again would change the result. */
  readonly signature: string;
  readonly report: EnrichReport;
  /**
   * Facts for the blanks of a product: its category if missing, and the attributes that its category (given, else
   * proposed) carries and the row lacks. Never for a filled field, and never a `rejected` value: for a field with
   * rejected values the next best value is suggested, if it is likely enough. `vector` is the one the row is indexed by.
   */
  enrich(product: Product, vector: Float32Array | undefined, rejected?: readonly RejectedValue[]): Fact[];
  /** Results on the hold-out rows; undefined if too few rows were held out, or if an older version saved the enricher. */
  readonly holdoutProfile: HoldoutProfile | undefined;
  /** Cosine of a vector with the nearest training product other than `id`; undefined without vectors. */
  nearestCosine(id: string, vector: Float32Array): number | undefined;
  /** Everything learned, in one binary with a format version; `loadEnricher` reads it. */
  toBuffer(): Uint8Array;
}

/** A merchant's category that is probably wrong. */
export interface SuspectedCategory {
  readonly field: 'category';
  /** Paths. */
  readonly given: string;
  readonly proposed: string;
  /** Calibrated: of products proposed with this score, the share that are filed in the proposed category. */
  readonly confidence: number;
  readonly evidence: Evidence;
}

/** Finds products in a wrong category, for the audit; see `learnCategoryCheck`. */
export interface CategoryChecker {
  /**
   * The suspicion against a product's category, from a model that learned neither from this product nor from its
   * variants. Undefined if the category is plausible, blank or unknown to the taxonomy. `vector` is the one that the
   * product is indexed by.
   */
  check(product: Product, vector: Float32Array | undefined): SuspectedCategory | undefined;
}
