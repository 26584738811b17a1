import type { Fact } from '../domain/fact.js';
import { attributeField } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import type { Enricher, EnrichReport } from './enrich.js';
import type { EnricherParts } from './enricherParts.js';
import { answer, onBlank, policyOf } from './judge/answer.js';
import { decide } from './judge/decide.js';
import { waitForCategory } from './judge/waitForCategory.js';
import { saveEnricher } from './keep/save.js';
import { CATEGORY } from './propose/proposal.js';
import { Proposer } from './propose/propose.js';

/** Proposes, reconciles, calibrates and decides, product by product. */
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

  enrich(product: Product, vector: Float32Array | undefined): Fact[] {
    const everywhere = () =>
      new Set(this.view.carried(undefined).map((one) => attributeField(this.view.keyOf(product, one))));
    return [...waitForCategory(this.#believe(product, vector), everywhere)];
  }

  #believe(product: Product, vector: Float32Array | undefined): Fact[] {
    const facts: Fact[] = [];
    const { calibration } = this.parts;
    for (const [field, proposals] of this.#proposer.propose(product, vector)) {
      const best = answer(calibration, field, proposals);
      if (best === undefined) continue;
      const { proposal } = best;
      const confidence = onBlank(best);
      const status = decide(confidence, policyOf(calibration, field));
      if (status === undefined) continue;
      const { method, evidence, value } = proposal;
      facts.push({
        ...this.#named(product, field, value),
        status,
        confidence: rounded(confidence),
        source: 'model',
        method,
        evidence,
      });
    }
    return facts;
  }

  #named(product: Product, field: string, value: Fact['value']): Pick<Fact, 'field' | 'value'> {
    if (field === CATEGORY) return { field: 'category', value: this.view.path(String(value)) };
    const attribute = this.view.attribute(field);
    return {
      field: attributeField(attribute === undefined ? field : this.view.keyOf(product, attribute)),
      value,
    };
  }

  toBuffer(): Uint8Array {
    return saveEnricher(this.parts);
  }
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1e4) / 1e4;
}
