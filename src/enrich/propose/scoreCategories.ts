import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { softmax } from '../features/classifier.js';
import type { Encoder } from '../features/encoder.js';
import type { CategoryKnowledge } from './knowledge.js';
import { NameOverlap } from './nameOverlap.js';
import {
  CENTROID,
  CLASSIFIER,
  COSINE_SCALE,
  HAS_LABELS,
  MIN_LOG_PROBABILITY,
  NAME,
  NAME_SCALE,
  rarity,
  SIGNALS,
  signalWeight,
  TEXT_COSINE_OFFSET,
  UNKNOWN_LOG_PROBABILITY,
  ZERO_SHOT,
} from './stacking.js';

/**
 * The probability of each category, for one product at a time: the classifier's alone, or with stacking weights a
 * softmax over the weighted sums of five signals (see `stacking.ts`).
 */
export class CategoryScorer {
  /** Ids of all categories that the classifier knows or that have zero-shot vectors. */
  readonly ids: readonly string[];
  /** By category, after `score`. */
  readonly probabilities: Float64Array;
  /** `SIGNALS` per category, after `score`; empty without stacking weights. */
  readonly signals: Float32Array;
  /** By category. */
  readonly rarities: Float32Array;
  /** By class of the classifier, after `score`. */
  readonly classProbabilities: Float64Array;
  /** By category, the class of the classifier; -1 without. */
  readonly classOf: Int32Array;
  /** The category of each class, text vector and centroid; -1 if the taxonomy dropped it. */
  readonly #ofClass: Int32Array;
  readonly #ofText: Int32Array;
  readonly #ofCentroid: Int32Array;
  readonly #textCosines: Float64Array;
  readonly #centroidCosines: Float64Array;
  /** The weight of each of `signals`. */
  readonly #weights: Float32Array;
  readonly #names: NameOverlap | undefined;
  readonly #overlaps: Float32Array;

  constructor(
    readonly knowledge: CategoryKnowledge,
    view: TaxonomyView,
  ) {
    const { classes, candidates, zeroShot, centroids, labelled, stacking } = knowledge;
    // Categories that the taxonomy dropped since the learning are never proposed.
    const indexes = new Map<string, number>();
    for (const id of [...classes, ...candidates]) {
      if (view.category(id) !== undefined && !indexes.has(id)) indexes.set(id, indexes.size);
    }
    this.ids = [...indexes.keys()];
    const { size } = indexes;
    const indexOf = (id: string): number => indexes.get(id) ?? -1;
    this.#ofClass = Int32Array.from(classes, indexOf);
    this.classOf = new Int32Array(size).fill(-1);
    for (const [one, index] of this.#ofClass.entries()) if (index >= 0) this.classOf[index] = one;
    this.#ofText = Int32Array.from(candidates, indexOf);
    this.#ofCentroid = Int32Array.from(labelled, ([id]) => indexOf(id));
    this.probabilities = new Float64Array(size);
    this.classProbabilities = new Float64Array(classes.length);
    this.signals = new Float32Array(stacking === undefined ? 0 : size * SIGNALS);
    this.rarities = new Float32Array(size).fill(1);
    for (const [id, count] of labelled) {
      const index = indexOf(id);
      if (index >= 0) this.rarities[index] = rarity(count);
    }
    this.#weights = new Float32Array(this.signals.length);
    for (let at = 0; at < this.#weights.length; at++) {
      const rare = this.rarities[Math.floor(at / SIGNALS)] ?? 1;
      this.#weights[at] = signalWeight(stacking?.weights ?? [], at % SIGNALS, rare);
    }
    this.#textCosines = new Float64Array(zeroShot?.count ?? 0);
    this.#centroidCosines = new Float64Array(centroids?.count ?? 0);
    this.#overlaps = new Float32Array(size);
    if (stacking !== undefined) this.#names = new NameOverlap(this.ids.map((id) => view.category(id)));
  }

  /** Scores all categories; false if nothing is known to score by. `encoder` holds the product's features. */
  score(product: Product, encoder: Encoder, vector: Float32Array | undefined): boolean {
    const { classifier, zeroShot, stacking } = this.knowledge;
    const fits = vector !== undefined && zeroShot !== undefined && vector.length === zeroShot.dimension;
    const isClassified = classifier !== undefined && (encoder.count > 0 || vector !== undefined);
    if (!isClassified && !(fits && stacking !== undefined)) return false;
    const { classProbabilities } = this;
    if (isClassified) {
      const dense = vector?.length === classifier.parts.dimension ? vector : undefined;
      classifier.score(encoder.ids, encoder.values, 0, encoder.count, dense, 0, classProbabilities);
      softmax(classProbabilities);
    }
    if (stacking === undefined) {
      this.probabilities.fill(0);
      for (let one = 0; one < classProbabilities.length; one++) {
        const index = this.#ofClass[one] ?? -1;
        if (index >= 0) this.probabilities[index] = classProbabilities[one] ?? 0;
      }
      return true;
    }
    this.#computeSignals(product, isClassified, vector);
    for (let index = 0, at = 0; index < this.ids.length; index++) {
      let logit = 0;
      for (const end = at + SIGNALS; at < end; at++)
        logit += (this.#weights[at] ?? 0) * (this.signals[at] ?? 0);
      this.probabilities[index] = logit;
    }
    softmax(this.probabilities);
    return true;
  }

  /** Cosine of the scored product's vector with a category's zero-shot vector; undefined without one. */
  textCosine(index: number): number | undefined {
    const text = this.#ofText.indexOf(index);
    return text < 0 ? undefined : this.#textCosines[text];
  }

  #computeSignals(product: Product, isClassified: boolean, vector: Float32Array | undefined): void {
    const { zeroShot, centroids } = this.knowledge;
    const signals = this.signals.fill(0);
    if (isClassified) {
      for (let at = CLASSIFIER; at < signals.length; at += SIGNALS) signals[at] = UNKNOWN_LOG_PROBABILITY;
      for (let one = 0; one < this.classProbabilities.length; one++) {
        const index = this.#ofClass[one] ?? -1;
        if (index < 0 || this.rarities[index] === 1) continue;
        signals[index * SIGNALS + CLASSIFIER] = Math.max(
          MIN_LOG_PROBABILITY,
          Math.log(this.classProbabilities[one] ?? 0),
        );
      }
    }
    if (vector !== undefined && zeroShot?.dimension === vector.length) {
      zeroShot.cosines(vector, this.#textCosines);
      for (let text = 0; text < this.#textCosines.length; text++) {
        const index = this.#ofText[text] ?? -1;
        if (index < 0) continue;
        const cosine = this.#textCosines[text] ?? 0;
        signals[index * SIGNALS + ZERO_SHOT] = COSINE_SCALE * cosine;
        // Stands in for the centroid of a category without labelled products.
        signals[index * SIGNALS + CENTROID] = COSINE_SCALE * (cosine + TEXT_COSINE_OFFSET);
      }
    }
    if (vector !== undefined && centroids?.dimension === vector.length) {
      centroids.cosines(vector, this.#centroidCosines);
      for (let centroid = 0; centroid < this.#centroidCosines.length; centroid++) {
        const index = this.#ofCentroid[centroid] ?? -1;
        if (index < 0) continue;
        signals[index * SIGNALS + CENTROID] = COSINE_SCALE * (this.#centroidCosines[centroid] ?? 0);
        signals[index * SIGNALS + HAS_LABELS] = 1;
      }
    }
    this.#names?.overlaps(product.title ?? product.description?.slice(0, 200) ?? '', this.#overlaps);
    for (let index = 0; index < this.#overlaps.length; index++) {
      signals[index * SIGNALS + NAME] = NAME_SCALE * (this.#overlaps[index] ?? 0);
    }
  }
}
