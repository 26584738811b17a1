import type { Attribute } from '../../taxonomy/schema.js';
import type { Gazetteer } from './gazetteer.js';
import { type SpanText, stemsOf } from './readSpans.js';
import { hashOf, mix } from './spanFeatures.js';

/** The attribute whose value is looked for. */
export interface TargetAttribute {
  readonly id: string;
  readonly hash: number;
  /** Stems of the words of its names. */
  readonly names: ReadonlySet<string>;
  /** Maximum tokens of a value. */
  readonly longest: number;
}

const MIN_NAME_LENGTH = 3;

export function targetAttribute({ id, name, aliases }: Attribute, longest: number): TargetAttribute {
  const stems = [id, name, ...aliases].flatMap((one) =>
    stemsOf(one.replace(/[^\p{L}\p{N}]+/gu, ' ')).split(' '),
  );
  return {
    id,
    hash: hashOf(id),
    names: new Set(stems.filter((stem) => stem.length >= MIN_NAME_LENGTH)),
    longest,
  };
}

/** Hashed features of spans that depend on the attribute: span x has `ids[starts[x], starts[x + 1])`. */
export interface AttributeFeatures {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
}

/** Tokens before and after a span where a name of the attribute is a cue: `Color: Black`, `12 sheet capacity`. */
const CUE_OFFSETS = [-1, -2, -3, 1, 2] as const;

/**
 * Features of a text's spans for one attribute: whether the gazetteer knows the span as a value of it or of another
 * attribute, and whether the attribute's name stands beside it. For a training row `own` holds the stems of its own
 * values, which are subtracted from the gazetteer's counts (leave-one-out).
 */
export function attributeFeatures(
  text: SpanText,
  target: TargetAttribute,
  gazetteer: Gazetteer,
  own: ReadonlySet<string> | undefined,
): AttributeFeatures {
  const { tokens, from, to, stems } = text;
  const starts = new Int32Array(stems.length + 1);
  const ids: number[] = [];
  const isCue = tokens.map(({ stem }) => target.names.has(stem));
  const hasCue = isCue.includes(true);
  for (let x = 0; x < stems.length; x++) {
    const stem = stems[x] ?? '';
    const owners = gazetteer.owners(stem);
    if (owners.length > 0) {
      const known = gazetteer.get(target.id, stem);
      const ownRow = own === undefined ? 0 : 1;
      const right = (known?.right ?? 0) - (own?.has(stem) === true ? 1 : 0);
      if (known !== undefined && right > 0) {
        const share = right / Math.max(1, known.seen - ownRow);
        const countBand = right >= 10 ? 3 : right >= 4 ? 2 : right >= 2 ? 1 : 0;
        const shareBand = bandOf(share);
        ids.push(
          mix(41, shareBand),
          mix(42, countBand * 8 + shareBand),
          mix(43, mix(target.hash, shareBand)),
        );
      }
      const other = owners.find(({ attribute }) => attribute !== target.id);
      if (other !== undefined) {
        ids.push(mix(44, (right > 0 ? 2 : 0) + (other.right > 3 ? 1 : 0)));
        ids.push(mix(45, mix(target.hash, hashOf(other.attribute))));
      }
    }
    if (hasCue) {
      const i = from[x] ?? 0;
      const j = to[x] ?? 0;
      for (const offset of CUE_OFFSETS) {
        const at = offset < 0 ? i + offset : j + offset;
        if (isCue[at] === true && tokens[at]?.field === tokens[i]?.field) ids.push(mix(46, offset + 8));
      }
    }
    starts[x + 1] = ids.length;
  }
  return { starts, ids: Int32Array.from(ids) };
}

function bandOf(share: number): number {
  return share > 0.95 ? 5 : share > 0.8 ? 4 : share > 0.6 ? 3 : share > 0.35 ? 2 : share > 0.15 ? 1 : 0;
}
