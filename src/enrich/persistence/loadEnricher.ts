import { readFile } from 'node:fs/promises';
import { UserError } from '../../domain/errors.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { NO_NAMES } from '../context/names.js';
import type { Enricher } from '../enricher.js';
import { Classifier } from '../features/classifier.js';
import { Vocabulary } from '../features/vocabulary.js';
import { ModelEnricher } from '../modelEnricher.js';
import { CategoryVectors } from '../propose/categoryVectors.js';
import { type LabelledProduct, NeighbourIndex } from '../propose/neighbourIndex.js';
import { SmoothedPrecision } from '../propose/smoothedPrecision.js';
import { NO_HEADS } from '../propose/titleHeads.js';
import { type NumberArray, unpackBundle } from './bundle.js';
import { type EnricherHead, enricherHeadSchema } from './enricherHead.js';
import type { EnricherParts } from './saveEnricher.js';
import { readTagger } from './saveTagger.js';

/**
 * Reads an enricher saved by `toBuffer`. If the taxonomy changed since, the enricher proposes nothing for categories,
 * attributes and values that no longer exist.
 * @throws UserError if the file is missing, not an enricher, or of another format version.
 */
export async function loadEnricher(file: string, view: TaxonomyView): Promise<Enricher> {
  let packed: Uint8Array;
  try {
    packed = await readFile(file);
  } catch (error) {
    throw new UserError(`No enricher could be read from ${file}; run a reindex, which learns one.`, {
      cause: error,
    });
  }
  return new ModelEnricher(readEnricher(packed, file), view);
}

/** @throws UserError, naming the file `name`, if the bytes are not an enricher of this format version. */
export function readEnricher(packed: Uint8Array, name: string): EnricherParts {
  const { head: raw, arrays } = unpackBundle(packed, name);
  const parsed = enricherHeadSchema.safeParse(raw);
  if (!parsed.success) throw new UserError(`${name} is altered; delete it, and it will be learned again.`);
  const head = parsed.data;
  const read = new ArrayReader(arrays, name);
  const { category, memory } = head;
  return {
    signature: head.signature,
    holdoutProfile: head.expected,
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
        stacking: category.mixture,
        classifier:
          category.classifier === undefined ? undefined : read.classifier('category', category.classifier),
        zeroShot: read.vectors('zeroShot', category.zeroShotDimension),
        centroids: read.vectors('prototypes', category.prototypeDimension),
      },
      attributes: new Map(
        head.attributes.map(({ id, values, absent, classifier }, i) => [
          id,
          { values, absent, classifier: read.classifier(`attribute.${i}`, classifier) },
        ]),
      ),
      tagger:
        head.tagger === undefined
          ? undefined
          : readTagger(head.tagger, read.ints('tagger.places'), read.floats('tagger.weights')),
      lookups: SmoothedPrecision.from(head.lookups),
      measures: SmoothedPrecision.from(head.measures),
      names:
        head.names === undefined
          ? NO_NAMES
          : { brands: new Set(head.names.brands), words: new Set(head.names.words) },
      heads:
        head.heads === undefined
          ? NO_HEADS
          : {
              heads: new Map(head.heads.heads.map(([stem, own]) => [stem, new Map(own)])),
              trailing: new Set(head.heads.trailing),
              factors: new Map(head.heads.factors),
            },
      neighbours: new NeighbourIndex(
        memory.rows.map((row) => labelledProduct(row, memory)),
        read.bytes('memory'),
        memory.dimension,
      ),
    },
  };
}

function labelledProduct(
  [id, group, brand, pairs, unfilled]: EnricherHead['memory']['rows'][number],
  memory: EnricherHead['memory'],
): LabelledProduct {
  const values: LabelledProduct['values'] = new Map(
    pairs.flatMap((index, i) => {
      const value = memory.values[pairs[i + 1] ?? -1];
      const attribute = memory.attributes[index];
      return i % 2 === 0 && attribute !== undefined && value !== undefined
        ? [[attribute, value] as const]
        : [];
    }),
  );
  return {
    id,
    category: memory.groups[group] ?? '',
    brand: memory.brands[brand] ?? '',
    unfilled: new Set(unfilled.map((index) => memory.attributes[index] ?? '')),
    values,
  };
}

/** Reads the arrays of a bundle; throws UserError if one is missing or of another type. */
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

  vectors(key: string, dimension: number): CategoryVectors | undefined {
    return dimension === 0 ? undefined : new CategoryVectors(this.bytes(key), dimension);
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
