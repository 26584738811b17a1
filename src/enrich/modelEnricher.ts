import type { Fact } from '../domain/fact.js';
import { attributeField } from '../domain/field.js';
import { isBlank } from '../domain/isBlank.js';
import type { Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { calibratedAnswer, confidenceOnBlank, policyOf } from './calibration/calibratedAnswer.js';
import { broaderCategory, decide, waitForCategory } from './calibration/decide.js';
import { lineageOf, thresholdIn } from './calibration/policies.js';
import type { Enricher, EnrichReport } from './enricher.js';
import type { HoldoutProfile } from './holdoutProfile.js';
import { type EnricherParts, saveEnricher } from './persistence/saveEnricher.js';
import { BROADER, CATEGORY, type Proposals } from './proposal.js';
import { Proposer } from './propose/propose.js';
import { type RejectedKeys, type RejectedValue, readRejected } from './rejectedValues.js';

/** Proposes, reconciles, calibrates and decides, one product at a time. */
export class ModelEnricher implements Enricher {
  readonly signature: string;
  readonly report: EnrichReport;
  readonly #proposer: Proposer;

  constructor(
    readonly parts: EnricherParts,
    readonly view: TaxonomyView,
  ) {
    this.signature = parts.signature;
    this.report = parts.report;
    this.#proposer = new Proposer(parts.knowledge, view);
  }

  enrich(
    product: Product,
    vector: Float32Array | undefined,
    rejected: readonly RejectedValue[] = [],
  ): Fact[] {
    const universalFields = () =>
      new Set(this.view.carried(undefined).map((one) => attributeField(this.view.keyOf(product, one))));
    const facts = this.#decideAll(product, vector, readRejected(rejected, this.view));
    return [...waitForCategory(facts, universalFields)];
  }

  #decideAll(product: Product, vector: Float32Array | undefined, rejected: RejectedKeys): Fact[] {
    const facts: Fact[] = [];
    const { calibration } = this.parts;
    const proposed = this.#proposer.propose(product, vector, rejected);
    const broader = calibratedAnswer(calibration, BROADER, proposed.get(BROADER) ?? []);
    const lineage = lineageOf(this.view, this.#categoryOf(product, proposed));
    let carried: ReadonlySet<string> | undefined;
    for (const [field, proposals] of proposed) {
      if (field === BROADER || (carried !== undefined && !carried.has(field))) continue;
      const first = calibratedAnswer(calibration, field, proposals);
      if (first === undefined) continue;
      const best = field === CATEGORY ? broaderCategory(first, broader) : first;
      const { method, evidence, value } = best.proposal;
      // Under a broader category, only attributes that all its descendants carry can be filled.
      if (best === broader) carried = new Set(this.view.carried(String(value)).map(({ id }) => id));
      // Rounded before it is compared: reviews of this value come back with the confidence as shown.
      const confidence = rounded(confidenceOnBlank(best));
      const policy = policyOf(calibration, field);
      // Thresholds are learned from first choices, so a second choice waits for a person.
      const applyFrom = rejected.has(field) ? undefined : thresholdIn(policy, lineage);
      const status = best === broader ? 'suggested' : decide(confidence, { ...policy, applyFrom });
      if (status === undefined) continue;
      facts.push({
        ...this.#fieldAndValue(product, field, value),
        status,
        confidence,
        source: 'model',
        method,
        evidence,
      });
    }
    return facts;
  }

  /** Id of the merchant's category, else of the proposed one. */
  #categoryOf(product: Product, proposed: Proposals): string | undefined {
    if (!isBlank(product.category)) return this.view.find(product.category ?? '')?.id;
    const found = proposed.get(CATEGORY)?.[0]?.value;
    return found === undefined ? undefined : String(found);
  }

  #fieldAndValue(product: Product, field: string, value: Fact['value']): Pick<Fact, 'field' | 'value'> {
    if (field === CATEGORY) return { field: 'category', value: this.view.path(String(value)) };
    const attribute = this.view.attribute(field);
    return {
      field: attributeField(attribute === undefined ? field : this.view.keyOf(product, attribute)),
      value,
    };
  }

  get holdoutProfile(): HoldoutProfile | undefined {
    return this.parts.holdoutProfile;
  }

  nearestCosine(id: string, vector: Float32Array): number | undefined {
    return this.parts.knowledge.neighbours.nearestCosine(vector, id);
  }

  toBuffer(): Uint8Array {
    return saveEnricher(this.parts);
  }
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1e4) / 1e4;
}
