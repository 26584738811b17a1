import type { Calibration } from '../calibration/calibratedAnswer.js';
import type { EnrichReport } from '../enricher.js';
import type { ClassifierParts } from '../features/classifier.js';
import type { HoldoutProfile } from '../holdoutProfile.js';
import type { Knowledge } from '../propose/knowledge.js';
import type { NeighbourIndex } from '../propose/neighbourIndex.js';
import { type NumberArray, packBundle } from './bundle.js';
import type { EnricherHead } from './enricherHead.js';
import { saveTagger } from './saveTagger.js';

/** Everything that an enricher consists of. */
export interface EnricherParts {
  readonly knowledge: Knowledge;
  readonly calibration: Calibration;
  readonly signature: string;
  readonly report: EnrichReport;
  readonly holdoutProfile: HoldoutProfile | undefined;
}

/** Packs an enricher into a bundle. */
export function saveEnricher({
  knowledge,
  calibration,
  signature,
  report,
  holdoutProfile,
}: EnricherParts): Uint8Array {
  const arrays = new Map<string, NumberArray>();
  const { vocabulary, category, neighbours } = knowledge;
  arrays.set('vocabulary.hashes', vocabulary.hashes);
  arrays.set('vocabulary.weights', vocabulary.weights);
  if (category.classifier !== undefined) saveClassifier('category', category.classifier.parts, arrays);
  if (category.zeroShot !== undefined) arrays.set('zeroShot', category.zeroShot.grid);
  if (category.centroids !== undefined) arrays.set('prototypes', category.centroids.grid);
  arrays.set('memory', neighbours.grid);
  const attributes = [...knowledge.attributes].map(([id, { values, absent, classifier }], i) => {
    saveClassifier(`attribute.${i}`, classifier.parts, arrays);
    return { id, values: [...values], absent, classifier: shapeOf(classifier.parts) };
  });
  const head: EnricherHead = {
    signature,
    expected: holdoutProfile,
    report: { ...report, fields: report.fields.map((field) => ({ ...field })), notes: [...report.notes] },
    curves: [...calibration.curves].map(([key, { x, y }]) => [key, { x: [...x], y: [...y] }]),
    policies: [...calibration.policies].map(([key, { applyFrom, suggestFrom, byCategory }]) => [
      key,
      { ...{ applyFrom, suggestFrom }, byCategory: [...byCategory].map(([id, from]) => [id, from ?? null]) },
    ]),
    category: {
      classes: [...category.classes],
      candidates: [...category.candidates],
      labelled: category.labelled.map(([id, count]) => [id, count]),
      mixture: category.stacking === undefined ? undefined : { weights: [...category.stacking.weights] },
      classifier: category.classifier === undefined ? undefined : shapeOf(category.classifier.parts),
      zeroShotDimension: category.zeroShot?.dimension ?? 0,
      prototypeDimension: category.centroids?.dimension ?? 0,
    },
    attributes,
    tagger: knowledge.tagger === undefined ? undefined : saveTagger(knowledge.tagger, arrays),
    lookups: knowledge.lookups.entries(),
    measures: knowledge.measures.entries(),
    names: { brands: [...knowledge.names.brands], words: [...knowledge.names.words] },
    heads: {
      heads: [...knowledge.heads.heads].map(([stem, own]) => [stem, [...own]]),
      trailing: [...knowledge.heads.trailing],
      factors: [...knowledge.heads.factors],
    },
    memory: saveNeighbours(neighbours),
  };
  return packBundle({ head, arrays });
}

function shapeOf({ classes, dimension }: ClassifierParts): { classes: number; dimension: number } {
  return { classes, dimension };
}

function saveClassifier(name: string, parts: ClassifierParts, arrays: Map<string, NumberArray>): void {
  arrays.set(`${name}.pairStarts`, parts.pairStarts);
  arrays.set(`${name}.pairClasses`, parts.pairClasses);
  arrays.set(`${name}.pairWeights`, parts.pairWeights);
  arrays.set(`${name}.denseWeights`, parts.denseWeights);
  arrays.set(`${name}.bias`, parts.bias);
}

function saveNeighbours({ rows: products, dimension }: NeighbourIndex): EnricherHead['memory'] {
  const groups = new IndexTable();
  const brands = new IndexTable();
  const attributes = new IndexTable();
  const values = new IndexTable();
  const distinctValues: EnricherHead['memory']['values'] = [];
  const rows = products.map((row): EnricherHead['memory']['rows'][number] => {
    const pairs: number[] = [];
    for (const [id, value] of row.values) {
      const index = values.indexOf(JSON.stringify(value));
      if (index === distinctValues.length) distinctValues.push(value);
      pairs.push(attributes.indexOf(id), index);
    }
    const unfilled = [...row.unfilled].map((id) => attributes.indexOf(id));
    return [row.id, groups.indexOf(row.category), brands.indexOf(row.brand), pairs, unfilled];
  });
  return {
    dimension,
    groups: groups.keys(),
    brands: brands.keys(),
    attributes: attributes.keys(),
    values: distinctValues,
    rows,
  };
}

/** Numbers strings in the order in which they first occur. */
class IndexTable {
  readonly #indexes = new Map<string, number>();

  indexOf(key: string): number {
    const index = this.#indexes.get(key) ?? this.#indexes.size;
    this.#indexes.set(key, index);
    return index;
  }

  keys(): string[] {
    return [...this.#indexes.keys()];
  }
}
