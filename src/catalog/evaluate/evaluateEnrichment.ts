import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { type Fact, isShown } from '../../domain/fact.js';
import { attributeField, fieldValue } from '../../domain/field.js';
import { factsOf } from '../../domain/filledProduct.js';
import { isBlank } from '../../domain/isBlank.js';
import { type AttributeValue, attributeValueSchema, type Product } from '../../domain/product.js';
import { openSource, type SourceOptions } from '../../formats/source.js';
import type { Store } from '../../store/open.js';
import { fold } from '../../text/fold.js';
import { Placeholders } from '../../text/placeholders.js';

/** Quality of one field: applied and suggested values against the truth, value by value. */
export interface FieldFigures {
  readonly field: string;
  /** Blanks that the truth is about. */
  readonly blanks: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Share of the blanks filled by applied values, and the share of those values that are right. */
  readonly applied_share: number;
  readonly applied_precision: number;
}

export interface EnrichmentEvaluation {
  /** Rows of truth, and blanks in them that were compared. */
  readonly rows: number;
  readonly compared: number;
  /** Of the products that have a category of the taxonomy. */
  readonly category: { readonly blanks: number; readonly answered: number; readonly accuracy: number };
  readonly fields: readonly FieldFigures[];
  /** `error` is the expected calibration error: the mean of |confidence - precision| over ten bins, weighted by facts. */
  readonly calibration: {
    readonly error: number;
    readonly bins: readonly {
      readonly confidence: number;
      readonly precision: number;
      readonly facts: number;
    }[];
  };
}

/**
 * One row of truth; `gold` is read like `attributes`. An empty list means that the text does not give the value, and as a
 * category that none of the taxonomy's fits.
 */
const goldSchema = z.looseObject({
  id: z.coerce.string(),
  category: z.union([z.string(), z.array(z.never())]).optional(),
  attributes: z.record(z.string(), attributeValueSchema).optional(),
  gold: z.record(z.string(), attributeValueSchema).optional(),
});

const BINS = 10;

/**
 * Compares facts with the truth, for blanks only: fields that the merchant filled do not count. The facts are those of
 * `enriched` (a JSONL made by `enrich`), or of the store. `placeholders` are texts that mean no value.
 * @throws UserError if a file cannot be read, or no row of the truth is known.
 */
export async function evaluateEnrichment(
  gold: string,
  enriched: string | undefined,
  store: Store,
  placeholders?: readonly string[],
): Promise<EnrichmentEvaluation> {
  const factsOf =
    enriched === undefined ? fromStore(store) : await fromFile(enriched, { format: 'jsonl', placeholders });
  const blanks = new Placeholders(placeholders);
  const tallies = new Map<string, Tally>();
  const bins = Array.from({ length: BINS }, () => ({ facts: 0, right: 0, confidence: 0 }));
  let rows = 0;
  let known = 0;
  const source = await openSource(gold, { placeholders });
  for await (const row of source.rows()) {
    if (row.kind === 'continuation') continue;
    rows++;
    // A table has the truth in its columns, which are read as those of a catalog.
    const isObject = source.format === 'jsonl';
    const truth = goldSchema.safeParse(
      isObject ? row.record : row.kind === 'product' ? row.product : undefined,
    );
    if (!truth.success)
      throw new UserError(
        `${gold}, line ${row.line}: expected ${isObject ? 'an object' : 'a row'} with id, category and attributes${row.kind === 'bad' && row.reason !== '' ? `; ${row.reason}` : ''}.`,
      );
    const answer = factsOf(truth.data.id);
    if (answer === undefined) continue;
    known++;
    for (const [field, value] of truthOf(truth.data)) {
      if (isBlank(blanks.blanked(value)) && !isBlank(value)) continue;
      if (!answer.isBlank(field)) continue;
      const fact = answer.facts.find((one) => one.field === field);
      const tally = tallies.get(field) ?? new Tally(field);
      tallies.set(field, tally);
      const right = tally.count(valuesOf(value), fact);
      if (fact === undefined) continue;
      const bin = bins[Math.min(BINS - 1, Math.floor(fact.confidence * BINS))];
      if (bin === undefined) continue;
      bin.facts++;
      bin.confidence += fact.confidence;
      if (right) bin.right++;
    }
  }
  if (known === 0) {
    throw new UserError(
      `None of the ${rows} ids in ${gold} is known${enriched === undefined ? ' to the store: import and reindex the catalog first, or name an enriched file with --enriched' : ` in ${enriched}`}.`,
    );
  }
  const category = tallies.get('category');
  const all = [...tallies.values()];
  const facts = bins.reduce((sum, bin) => sum + bin.facts, 0);
  return {
    rows,
    compared: all.reduce((sum, tally) => sum + tally.blanks, 0),
    category: {
      blanks: category?.fillable ?? 0,
      answered: category?.fillableAnswered ?? 0,
      accuracy: category === undefined ? 0 : share(category.hits, category.fillable),
    },
    fields: all
      .map((tally) => tally.figures())
      .sort((a, b) => b.blanks - a.blanks || (a.field < b.field ? -1 : 1)),
    calibration: {
      error: bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, facts),
      bins: bins
        .filter((bin) => bin.facts > 0)
        .map((bin) => ({
          confidence: bin.confidence / bin.facts,
          precision: bin.right / bin.facts,
          facts: bin.facts,
        })),
    },
  };
}

interface Answer {
  readonly facts: readonly Fact[];
  isBlank(field: string): boolean;
}

function fromStore(store: Store): (id: string) => Answer | undefined {
  return (id) => {
    const product = store.products.get(id);
    return product === undefined ? undefined : answerOf(product, store.facts.get(id));
  };
}

async function fromFile(file: string, reading: SourceOptions): Promise<(id: string) => Answer | undefined> {
  const answers = new Map<string, Answer>();
  for await (const row of (await openSource(file, reading)).rows()) {
    if (row.kind !== 'product') continue;
    answers.set(row.product.id, answerOf(row.product, factsOf(row.record)));
  }
  return (id) => answers.get(id);
}

/** In an enriched file a field filled by an applied fact counts as blank, as it was before. */
function answerOf(product: Product, all: readonly Fact[]): Answer {
  const facts = all.filter(isShown);
  return {
    facts,
    isBlank: (field) =>
      fieldValue(product, field) === undefined || facts.some((fact) => fact.field === field),
  };
}

function truthOf(truth: z.infer<typeof goldSchema>): [string, AttributeValue][] {
  const fields: [string, AttributeValue][] = Object.entries({ ...truth.attributes, ...truth.gold }).map(
    ([name, value]) => [attributeField(name), value],
  );
  if (truth.category !== undefined) fields.push(['category', truth.category]);
  return fields;
}

function valuesOf(value: AttributeValue): Set<string> {
  return new Set((Array.isArray(value) ? value : [value]).map((one) => fold(String(one))));
}

class Tally {
  blanks = 0;
  /** Blanks with a true value, and those of them that have an answer. */
  fillable = 0;
  fillableAnswered = 0;
  /** Rows whose values are all right. */
  hits = 0;
  private right = 0;
  private given = 0;
  private wanted = 0;
  private applied = 0;
  private appliedRight = 0;

  constructor(private readonly field: string) {}

  /** Whether all of the fact's values are right, and there is at least one. */
  count(truth: ReadonlySet<string>, fact: Fact | undefined): boolean {
    this.blanks++;
    this.wanted += truth.size;
    if (truth.size > 0) this.fillable++;
    if (fact === undefined) return false;
    const values = [...valuesOf(fact.value)];
    const right = values.filter((value) => truth.has(value)).length;
    const whole = right > 0 && right === values.length;
    if (truth.size > 0) this.fillableAnswered++;
    this.given += values.length;
    this.right += right;
    if (whole) this.hits++;
    if (fact.status === 'applied') {
      this.applied++;
      if (whole) this.appliedRight++;
    }
    return whole;
  }

  figures(): FieldFigures {
    const precision = share(this.right, this.given);
    const recall = share(this.right, this.wanted);
    return {
      field: this.field,
      blanks: this.blanks,
      precision,
      recall,
      f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
      applied_share: share(this.applied, this.blanks),
      applied_precision: share(this.appliedRight, this.applied),
    };
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
