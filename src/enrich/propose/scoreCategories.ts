import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Encoder } from '../features/encode.js';
import { softmax } from './classifier.js';
import type { CategoryKnowledge } from './knowledge.js';
import {
  COSINE_SCALE,
  LABELLED,
  MEANT,
  MIN_SPOKEN,
  NAMED,
  NAMED_SCALE,
  RESEMBLED,
  rarity,
  SIGNALS,
  SPOKEN,
  UNSPOKEN,
  WORDS_BEHIND,
  weightOf,
} from './mixture.js';
import { NameWords } from './nameWords.js';

/** How likely each category is for one product at a time. */
export class CategoryScorer {
  /** All categories that the classifier or the taxonomy's words know. */
  readonly ids: readonly string[];
  /** By category, after `score`. */
  readonly probabilities: Float64Array;
  /** `SIGNALS` a category, after `score` where there is a mixture. */
  readonly signals: Float32Array;
  readonly rarities: Float32Array;
  /** By class of the classifier: its share, after `score`. */
  readonly spoken: Float64Array;
  /** Place of each class, and of each category the class, -1 without. */
  readonly #ofClass: Int32Array;
  readonly classOf: Int32Array;
  readonly #ofText: Int32Array;
  readonly #ofPrototype: Int32Array;
  readonly #textCosines: Float64Array;
  readonly #prototypeCosines: Float64Array;
  /** What each of `signals` weighs. */
  readonly #weights: Float32Array;
  readonly #names: NameWords | undefined;
  readonly #overlaps: Float32Array;

  constructor(
    readonly knowledge: CategoryKnowledge,
    view: TaxonomyView,
  ) {
    const { classes, candidates, zeroShot, prototypes, labelled, mixture } = knowledge;
    // A category that the taxonomy has dropped since is nobody's answer.
    const places = new Map<string, number>();
    for (const id of [...classes, ...candidates]) {
      if (view.category(id) !== undefined && !places.has(id)) places.set(id, places.size);
    }
    this.ids = [...places.keys()];
    const { size } = places;
    const placeOf = (id: string): number => places.get(id) ?? -1;
    this.#ofClass = Int32Array.from(classes, placeOf);
    this.classOf = new Int32Array(size).fill(-1);
    for (const [one, place] of this.#ofClass.entries()) if (place >= 0) this.classOf[place] = one;
    this.#ofText = Int32Array.from(candidates, placeOf);
    this.#ofPrototype = Int32Array.from(labelled, ([id]) => placeOf(id));
    this.probabilities = new Float64Array(size);
    this.spoken = new Float64Array(classes.length);
    this.signals = new Float32Array(mixture === undefined ? 0 : size * SIGNALS);
    this.rarities = new Float32Array(size).fill(1);
    for (const [id, count] of labelled) {
      const place = placeOf(id);
      if (place >= 0) this.rarities[place] = rarity(count);
    }
    this.#weights = new Float32Array(this.signals.length);
    for (let at = 0; at < this.#weights.length; at++) {
      const rare = this.rarities[Math.floor(at / SIGNALS)] ?? 1;
      this.#weights[at] = weightOf(mixture?.weights ?? [], at % SIGNALS, rare);
    }
    this.#textCosines = new Float64Array(zeroShot?.count ?? 0);
    this.#prototypeCosines = new Float64Array(prototypes?.count ?? 0);
    this.#overlaps = new Float32Array(size);
    if (mixture !== undefined) this.#names = new NameWords(this.ids.map((id) => view.category(id)));
  }

  /** Scores all categories; false where nothing is known. `encoder` holds the product's features. */
  score(product: Product, encoder: Encoder, vector: Float32Array | undefined): boolean {
    const { classifier, zeroShot, mixture } = this.knowledge;
    const fits = vector !== undefined && zeroShot !== undefined && vector.length === zeroShot.dimension;
    const learned = classifier !== undefined && (encoder.count > 0 || vector !== undefined);
    if (!learned && !(fits && mixture !== undefined)) return false;
    const { spoken } = this;
    if (learned) {
      const dense = vector?.length === classifier.parts.dimension ? vector : undefined;
      classifier.score(encoder.ids, encoder.values, 0, encoder.count, dense, 0, spoken);
      softmax(spoken);
    }
    if (mixture === undefined) {
      this.probabilities.fill(0);
      for (let one = 0; one < spoken.length; one++) {
        const place = this.#ofClass[one] ?? -1;
        if (place >= 0) this.probabilities[place] = spoken[one] ?? 0;
      }
      return true;
    }
    this.#signal(product, learned, vector);
    for (let place = 0, at = 0; place < this.ids.length; place++) {
      let odds = 0;
      for (const end = at + SIGNALS; at < end; at++)
        odds += (this.#weights[at] ?? 0) * (this.signals[at] ?? 0);
      this.probabilities[place] = odds;
    }
    softmax(this.probabilities);
    return true;
  }

  /** Cosine of the scored product's vector with the category's words; undefined where they were not compared. */
  meant(place: number): number | undefined {
    const text = this.#ofText.indexOf(place);
    return text < 0 ? undefined : this.#textCosines[text];
  }

  #signal(product: Product, learned: boolean, vector: Float32Array | undefined): void {
    const { zeroShot, prototypes } = this.knowledge;
    const signals = this.signals.fill(0);
    if (learned) {
      for (let at = SPOKEN; at < signals.length; at += SIGNALS) signals[at] = UNSPOKEN;
      for (let one = 0; one < this.spoken.length; one++) {
        const place = this.#ofClass[one] ?? -1;
        if (place < 0 || this.rarities[place] === 1) continue;
        signals[place * SIGNALS + SPOKEN] = Math.max(MIN_SPOKEN, Math.log(this.spoken[one] ?? 0));
      }
    }
    if (vector !== undefined && zeroShot?.dimension === vector.length) {
      zeroShot.cosines(vector, this.#textCosines);
      for (let text = 0; text < this.#textCosines.length; text++) {
        const place = this.#ofText[text] ?? -1;
        if (place < 0) continue;
        const cosine = this.#textCosines[text] ?? 0;
        signals[place * SIGNALS + MEANT] = COSINE_SCALE * cosine;
        signals[place * SIGNALS + RESEMBLED] = COSINE_SCALE * (cosine + WORDS_BEHIND);
      }
    }
    if (vector !== undefined && prototypes?.dimension === vector.length) {
      prototypes.cosines(vector, this.#prototypeCosines);
      for (let prototype = 0; prototype < this.#prototypeCosines.length; prototype++) {
        const place = this.#ofPrototype[prototype] ?? -1;
        if (place < 0) continue;
        signals[place * SIGNALS + RESEMBLED] = COSINE_SCALE * (this.#prototypeCosines[prototype] ?? 0);
        signals[place * SIGNALS + LABELLED] = 1;
      }
    }
    this.#names?.overlaps(product.title ?? product.description?.slice(0, 200) ?? '', this.#overlaps);
    for (let place = 0; place < this.#overlaps.length; place++) {
      signals[place * SIGNALS + NAMED] = NAMED_SCALE * (this.#overlaps[place] ?? 0);
    }
  }
}
