import type { Evidence, Fact } from '../domain/fact.js';
import type { Product } from '../domain/product.js';
import type { Progress } from '../domain/progress.js';
import type { Targets } from './calibration/targets.js';
import type { HoldoutProfile } from './holdoutProfile.js';
import type { RefusedValue } from './propose/refused.js';

/** A product with the unit vector of its identity text; undefined where there is none (lexical mode). */
export interface Example {
  readonly product: Product;
  readonly vector: Float32Array | undefined;
}

/** How a value of the enricher's fared with a person, at the confidence it was shown with. */
export interface Decided {
  /** `category` or `attributes.<key>`. */
  readonly field: string;
  readonly confidence: number;
  /** Accepted; else rejected, or corrected to another value. */
  readonly right: boolean;
  /** Path of the product's category, or the category itself where that was decided about. */
  readonly category?: string | undefined;
  /** How many products the one decision settled; 1 unless given. */
  readonly settled?: number;
}

/** What learning takes from other rooms. */
export interface LearnTools {
  /** Texts to unit vectors, one a text, in order; absent in lexical mode. Used for category texts only. */
  readonly embed?: (texts: readonly string[]) => Promise<readonly Float32Array[]>;
  /** Same examples, same taxonomy, same seed: same enricher. */
  readonly seed: number;
  /** Told the step `learn`, in classifiers trained. */
  readonly progress: Progress;
  /** What people decided; a field earns autonomy by what was accepted of it, and loses it by what was not. */
  readonly decided?: readonly Decided[];
  /** How often applied values shall be right. */
  readonly targets?: Targets;
}

/** How the held-out rows of one field came out. */
export interface FieldReport {
  readonly field: string;
  /** Held-out rows with a value of the merchant's in this field. */
  readonly heldOut: number;
  /** Of those, how many were given an answer, and how many of the answers were right. */
  readonly answered: number;
  readonly right: number;
  /** The confidence from which a fact applies itself, where its category has no threshold of its own. */
  readonly threshold: number | undefined;
  /** Categories whose threshold is another than that of what is above them. */
  readonly ownThresholds: number;
  /** Answers that would have applied themselves, and the right ones of them. */
  readonly applied: number;
  readonly appliedRight: number;
  /** Mean distance of confidence and precision over ten bins. */
  readonly calibrationError: number;
}

export interface EnrichReport {
  /** Rows that taught, and rows held out of training to calibrate on. */
  readonly learnedFrom: number;
  readonly heldOut: number;
  readonly fields: readonly FieldReport[];
  /** What was switched off and why, a sentence each. */
  readonly notes: readonly string[];
}

/** Fills blanks. Row by row, without I/O; give the same vector that the row is indexed by. */
export interface Enricher {
  /** Hash of what it learned from: examples, taxonomy version, seed. Changes when a relearn would. */
  readonly signature: string;
  readonly report: EnrichReport;
  /**
   * Facts for the blanks of the product: its category if missing, and the attributes that its category
   * (given, else the one found) carries and the row lacks. Never one for a filled field, nor one of the `refused`
   * values: of a field that has some the next best is suggested, where it is likely enough.
   */
  enrich(product: Product, vector: Float32Array | undefined, refused?: readonly RefusedValue[]): Fact[];
  /** How new products of the same catalog come out; undefined where too few rows were held out, or it was saved before this was kept. */
  readonly expected: HoldoutProfile | undefined;
  /** The cosine of this vector with the nearest product that taught, this one left out; undefined where there are no vectors. */
  nearest(id: string, vector: Float32Array): number | undefined;
  /** Everything learned, in one binary with a format version; read back by `loadEnricher`. */
  toBuffer(): Uint8Array;
}

/** A category that the merchant gave and the shop's other products speak against. */
export interface Doubt {
  readonly field: 'category';
  /** Paths. */
  readonly given: string;
  readonly proposed: string;
  /** Of products for which a proposal was as sure, the share that are filed where it says. */
  readonly confidence: number;
  readonly evidence: Evidence;
}

/** Made by `learnDoubts` from the filled rows of a shop; for its audit. */
export interface Doubter {
  /**
   * Whether a filled product is likely in the wrong category; undefined where nothing speaks strongly against the
   * one given, where the taxonomy does not know it, and where it is blank. Judged by products other than this one
   * and its variants. Give the same vector that the product is indexed by.
   */
  doubt(product: Product, vector: Float32Array | undefined): Doubt | undefined;
}
