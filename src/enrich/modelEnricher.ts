import type { Fact } from '../domain/fact.js';
import { attributeField, isBlank } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { answer, applyFromIn, onBlank, policyOf } from './calibration/answer.js';
import { broaderCategory } from './calibration/broaderCategory.js';
import { decide } from './calibration/decide.js';
import { lineageOf } from './calibration/lineage.js';
import { waitForCategory } from './calibration/waitForCategory.js';
import type { Enricher, EnrichReport } from './enrich.js';
import type { EnricherParts } from './enricherParts.js';
import type { HoldoutProfile } from './holdoutProfile.js';
import { saveEnricher } from './persistence/save.js';
import { BROADER, CATEGORY } from './propose/proposal.js';
import { type Proposals, Proposer } from './propose/propose.js';
import { type Refused, type RefusedValue, readRefused } from './propose/refused.js';

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

  enrich(product: Product, vector: Float32Array | undefined, refused: readonly RefusedValue[] = []): Fact[] {
    const everywhere = () =>
      new Set(this.view.carried(undefined).map((one) => attributeField(this.view.keyOf(product, one))));
    return [...waitForCategory(this.#believe(product, vector, readRefused(refused, this.view)), everywhere)];
  }

  #believe(product: Product, vector: Float32Array | undefined, refused: Refused): Fact[] {
    const facts: Fact[] = [];
    const { calibration } = this.parts;
    const proposed = this.#proposer.propose(product, vector, refused);
    const broader = answer(calibration, BROADER, proposed.get(BROADER) ?? []);
    const within = lineageOf(this.view, this.#categoryOf(product, proposed));
    let carried: ReadonlySet<string> | undefined;
    for (const [field, proposals] of proposed) {
      if (field === BROADER || (carried !== undefined && !carried.has(field))) continue;
      const first = answer(calibration, field, proposals);
      if (first === undefined) continue;
      const best = field === CATEGORY ? broaderCategory(first, broader) : first;
      const { method, evidence, value } = best.proposal;
      // Under a broader category only what all below it carry is asked for.
      if (best === broader) carried = new Set(this.view.carried(String(value)).map(({ id }) => id));
      // As it is shown, for what people decide about it comes back as a threshold.
      const confidence = rounded(onBlank(best));
      const policy = policyOf(calibration, field);
      // Policies are learned from first choices, so a second one waits for a person.
      const applyFrom = refused.has(field) ? undefined : applyFromIn(policy, within);
      const status = best === broader ? 'suggested' : decide(confidence, { ...policy, applyFrom });
      if (status === undefined) continue;
      facts.push({
        ...this.#named(product, field, value),
        status,
        confidence,
        source: 'model',
        method,
        evidence,
      });
    }
    return facts;
  }

  /** The one that the merchant gave, else the one found. */
  #categoryOf(product: Product, proposed: Proposals): string | undefined {
    if (!isBlank(product.category)) return this.view.find(product.category ?? '')?.id;
    const found = proposed.get(CATEGORY)?.[0]?.value;
    return found === undefined ? undefined : String(found);
  }

  #named(product: Product, field: string, value: Fact['value']): Pick<Fact, 'field' | 'value'> {
    if (field === CATEGORY) return { field: 'category', value: this.view.path(String(value)) };
    const attribute = this.view.attribute(field);
    return {
      field: attributeField(attribute === undefined ? field : this.view.keyOf(product, attribute)),
      value,
    };
  }

  get expected(): HoldoutProfile | undefined {
    return this.parts.expected;
  }

  nearest(id: string, vector: Float32Array): number | undefined {
    return this.parts.knowledge.memory.closest(vector, id);
  }

  toBuffer(): Uint8Array {
    return saveEnricher(this.parts);
  }
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1e4) / 1e4;
}
