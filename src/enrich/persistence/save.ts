import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { attributeValueSchema } from '../../domain/product.js';
import { Precisions } from '../calibration/precision.js';
import type { EnricherParts } from '../enricherParts.js';
import { Vocabulary } from '../features/vocabulary.js';
import { holdoutProfileSchema } from '../holdoutProfile.js';
import { Classifier, type ClassifierParts } from '../propose/classifier.js';
import { Memory, type Remembered } from '../propose/memory.js';
import { ZeroShot } from '../propose/zeroshot.js';
import { type NumberArray, packBundle, unpackBundle } from './bundle.js';
import { readTagger, saveTagger, taggerSchema } from './saveTagger.js';

const curve = z.object({ x: z.array(z.number()), y: z.array(z.number()) });
const policy = z.object({
  applyFrom: z.number().optional(),
  suggestFrom: z.number(),
  byCategory: z.array(z.tuple([z.string(), z.number().nullable()])),
});
const tallies = z.array(z.tuple([z.string(), z.number(), z.number()]));
const shape = z.object({ classes: z.number().int(), dimension: z.number().int() });

const headSchema = z.object({
  signature: z.string(),
  /** Bears a format of its own: one that is older or newer counts as unknown. */
  expected: holdoutProfileSchema.optional().catch(undefined),
  report: z.object({
    learnedFrom: z.number(),
    heldOut: z.number(),
    fields: z.array(
      z.object({
        field: z.string(),
        heldOut: z.number(),
        answered: z.number(),
        right: z.number(),
        threshold: z.number().optional(),
        ownThresholds: z.number(),
        applied: z.number(),
        appliedRight: z.number(),
        calibrationError: z.number(),
      }),
    ),
    notes: z.array(z.string()),
  }),
  curves: z.array(z.tuple([z.string(), curve])),
  policies: z.array(z.tuple([z.string(), policy])),
  category: z.object({
    classes: z.array(z.string()),
    candidates: z.array(z.string()),
    labelled: z.array(z.tuple([z.string(), z.number().int()])),
    mixture: z.object({ weights: z.array(z.number()) }).optional(),
    classifier: shape.optional(),
    zeroShotDimension: z.number().int(),
    prototypeDimension: z.number().int(),
  }),
  attributes: z.array(
    z.object({
      id: z.string(),
      values: z.array(z.union([z.string(), z.boolean()])),
      absent: z.boolean(),
      classifier: shape,
    }),
  ),
  tagger: taggerSchema.optional(),
  lookups: tallies,
  measures: tallies,
  memory: z.object({
    dimension: z.number().int(),
    /** Strings and values that rows point into. */
    groups: z.array(z.string()),
    brands: z.array(z.string()),
    attributes: z.array(z.string()),
    values: z.array(attributeValueSchema),
    /** Id, places of group and brand, places of attribute and value in turns, places of unfilled attributes. */
    rows: z.array(
      z.tuple([
        z.string(),
        z.number().int(),
        z.number().int(),
        z.array(z.number().int()),
        z.array(z.number().int()),
      ]),
    ),
  }),
});
type Head = z.infer<typeof headSchema>;

/** Everything that an enricher is made of, as a bundle. */
export function saveEnricher({
  knowledge,
  calibration,
  signature,
  report,
  expected,
}: EnricherParts): Uint8Array {
  const arrays = new Map<string, NumberArray>();
  const { vocabulary, category, memory } = knowledge;
  arrays.set('vocabulary.hashes', vocabulary.hashes);
  arrays.set('vocabulary.weights', vocabulary.weights);
  if (category.classifier !== undefined) saveClassifier('category', category.classifier.parts, arrays);
  if (category.zeroShot !== undefined) arrays.set('zeroShot', category.zeroShot.grid);
  if (category.prototypes !== undefined) arrays.set('prototypes', category.prototypes.grid);
  arrays.set('memory', memory.grid);
  const attributes = [...knowledge.attributes].map(([id, { values, absent, classifier }], place) => {
    saveClassifier(`attribute.${place}`, classifier.parts, arrays);
    return { id, values: [...values], absent, classifier: shapeOf(classifier.parts) };
  });
  const head: Head = {
    signature,
    expected,
    report: { ...report, fields: report.fields.map((field) => ({ ...field })), notes: [...report.notes] },
    curves: [...calibration.curves].map(([key, { x, y }]) => [key, { x: [...x], y: [...y] }]),
    policies: [...calibration.policies].map(([key, { byCategory, ...value }]) => [
      key,
      { ...value, byCategory: [...byCategory].map(([id, from]) => [id, from ?? null]) },
    ]),
    category: {
      classes: [...category.classes],
      candidates: [...category.candidates],
      labelled: category.labelled.map(([id, count]) => [id, count]),
      mixture: category.mixture === undefined ? undefined : { weights: [...category.mixture.weights] },
      classifier: category.classifier === undefined ? undefined : shapeOf(category.classifier.parts),
      zeroShotDimension: category.zeroShot?.dimension ?? 0,
      prototypeDimension: category.prototypes?.dimension ?? 0,
    },
    attributes,
    tagger: knowledge.tagger === undefined ? undefined : saveTagger(knowledge.tagger, arrays),
    lookups: knowledge.lookups.entries(),
    measures: knowledge.measures.entries(),
    memory: saveMemory(memory),
  };
  return packBundle({ head, arrays });
}

/** @throws UserError if the bytes are no enricher of this version; `name` says which file. */
export function readEnricher(packed: Uint8Array, name: string): EnricherParts {
  const { head: raw, arrays } = unpackBundle(packed, name);
  const parsed = headSchema.safeParse(raw);
  if (!parsed.success) throw new UserError(`${name} is altered; delete it, and it will be learned again.`);
  const head = parsed.data;
  const read = new ArrayReader(arrays, name);
  const { category, memory } = head;
  return {
    signature: head.signature,
    expected: head.expected,
    report: {
      ...head.report,
      fields: head.report.fields.map((field) => ({ ...field, threshold: field.threshold })),
    },
    calibration: {
      curves: new Map(head.curves),
      policies: new Map(
        head.policies.map(([key, { applyFrom, suggestFrom, byCategory }]) => [
          key,
          {
            ...{ applyFrom, suggestFrom },
            byCategory: new Map(byCategory.map(([id, from]) => [id, from ?? undefined])),
          },
        ]),
      ),
    },
    knowledge: {
      vocabulary: new Vocabulary(read.ints('vocabulary.hashes'), read.floats('vocabulary.weights')),
      category: {
        classes: category.classes,
        candidates: category.candidates,
        labelled: category.labelled,
        mixture: category.mixture,
        classifier:
          category.classifier === undefined ? undefined : read.classifier('category', category.classifier),
        zeroShot: read.vectors('zeroShot', category.zeroShotDimension),
        prototypes: read.vectors('prototypes', category.prototypeDimension),
      },
      attributes: new Map(
        head.attributes.map(({ id, values, absent, classifier }, place) => [
          id,
          { values, absent, classifier: read.classifier(`attribute.${place}`, classifier) },
        ]),
      ),
      tagger:
        head.tagger === undefined
          ? undefined
          : readTagger(head.tagger, read.ints('tagger.places'), read.floats('tagger.weights')),
      lookups: Precisions.from(head.lookups),
      measures: Precisions.from(head.measures),
      memory: new Memory(
        memory.rows.map((row) => remembered(row, memory)),
        read.bytes('memory'),
        memory.dimension,
      ),
    },
  };
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

function saveMemory(memory: Memory): Head['memory'] {
  const groups = new Places<string>();
  const brands = new Places<string>();
  const attributes = new Places<string>();
  const values = new Places<string>();
  const kept: Head['memory']['values'] = [];
  const rows = memory.rows.map((row): Head['memory']['rows'][number] => {
    const pairs: number[] = [];
    for (const [id, value] of row.values) {
      const place = values.of(JSON.stringify(value));
      if (place === kept.length) kept.push(value);
      pairs.push(attributes.of(id), place);
    }
    const unfilled = [...row.unfilled].map((id) => attributes.of(id));
    return [row.id, groups.of(row.group), brands.of(row.brand), pairs, unfilled];
  });
  return {
    dimension: memory.dimension,
    groups: groups.all(),
    brands: brands.all(),
    attributes: attributes.all(),
    values: kept,
    rows,
  };
}

function remembered(
  [id, group, brand, pairs, unfilled]: Head['memory']['rows'][number],
  memory: Head['memory'],
): Remembered {
  const values: Remembered['values'] = new Map(
    pairs.flatMap((place, i) => {
      const value = memory.values[pairs[i + 1] ?? -1];
      const attribute = memory.attributes[place];
      return i % 2 === 0 && attribute !== undefined && value !== undefined
        ? [[attribute, value] as const]
        : [];
    }),
  );
  return {
    id,
    group: memory.groups[group] ?? '',
    brand: memory.brands[brand] ?? '',
    unfilled: new Set(unfilled.map((place) => memory.attributes[place] ?? '')),
    values,
  };
}

/** Numbers things in the order they are first asked for. */
class Places<Item> {
  readonly #places = new Map<Item, number>();

  of(item: Item): number {
    const place = this.#places.get(item) ?? this.#places.size;
    this.#places.set(item, place);
    return place;
  }

  all(): Item[] {
    return [...this.#places.keys()];
  }
}

class ArrayReader {
  constructor(
    readonly arrays: ReadonlyMap<string, NumberArray>,
    readonly name: string,
  ) {}

  ints(key: string): Int32Array {
    const array = this.arrays.get(key);
    return array instanceof Int32Array ? array : this.#refuse();
  }

  floats(key: string): Float32Array {
    const array = this.arrays.get(key);
    return array instanceof Float32Array ? array : this.#refuse();
  }

  bytes(key: string): Int8Array {
    const array = this.arrays.get(key);
    return array instanceof Int8Array ? array : this.#refuse();
  }

  vectors(key: string, dimension: number): ZeroShot | undefined {
    return dimension === 0 ? undefined : new ZeroShot(this.bytes(key), dimension);
  }

  classifier(key: string, { classes, dimension }: { classes: number; dimension: number }): Classifier {
    const pairClasses = this.arrays.get(`${key}.pairClasses`);
    return new Classifier({
      classes,
      dimension,
      pairStarts: this.ints(`${key}.pairStarts`),
      pairClasses: pairClasses instanceof Uint16Array ? pairClasses : this.#refuse(),
      pairWeights: this.floats(`${key}.pairWeights`),
      denseWeights: this.floats(`${key}.denseWeights`),
      bias: this.floats(`${key}.bias`),
    });
  }

  #refuse(): never {
    throw new UserError(`${this.name} is cut short or altered; delete it, and it will be learned again.`);
  }
}
