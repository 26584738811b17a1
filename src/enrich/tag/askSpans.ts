import type { Attribute } from '../../taxonomy/schema.js';
import type { Gazetteer } from './gazetteer.js';
import { type SpanText, stemsOf } from './readSpans.js';
import { hashOf, mix } from './spanFeatures.js';

/** An attribute as texts are asked for it. */
export interface Question {
  readonly id: string;
  readonly hash: number;
  /** Stems of the words that name it. */
  readonly names: ReadonlySet<string>;
  /** Tokens that an answer may have. */
  readonly longest: number;
}

const SHORTEST_NAME = 3;

export function questionFor({ id, name, aliases }: Attribute, longest: number): Question {
  const stems = [id, name, ...aliases].flatMap((one) =>
    stemsOf(one.replace(/[^\p{L}\p{N}]+/gu, ' ')).split(' '),
  );
  return {
    id,
    hash: hashOf(id),
    names: new Set(stems.filter((stem) => stem.length >= SHORTEST_NAME)),
    longest,
  };
}

/** Features that spans have for one attribute only: of span x, `ids[starts[x], starts[x + 1])`. */
export interface Asked {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
}

/** Places beside a span where a word that names the attribute tells: `Color: Black`, `12 sheet capacity`. */
const BESIDE = [-1, -2, -3, 1, 2] as const;

/**
 * What a text's spans are to an attribute: known values of it or of others, beside a word that names it. `own`
 * are the row's own values by stems where the row teaches: what was learned from itself it is not told.
 */
export function askSpans(
  text: SpanText,
  question: Question,
  gazetteer: Gazetteer,
  own: ReadonlySet<string> | undefined,
): Asked {
  const { tokens, from, to, stems } = text;
  const starts = new Int32Array(stems.length + 1);
  const ids: number[] = [];
  const named = tokens.map(({ stem }) => question.names.has(stem));
  const isNamed = named.includes(true);
  for (let x = 0; x < stems.length; x++) {
    const stem = stems[x] ?? '';
    const owners = gazetteer.owners(stem);
    if (owners.length > 0) {
      const known = gazetteer.get(question.id, stem);
      const itself = own === undefined ? 0 : 1;
      const right = (known?.right ?? 0) - (own?.has(stem) === true ? 1 : 0);
      if (known !== undefined && right > 0) {
        const share = right / Math.max(1, known.seen - itself);
        const often = right >= 10 ? 3 : right >= 4 ? 2 : right >= 2 ? 1 : 0;
        const band = bandOf(share);
        ids.push(mix(41, band), mix(42, often * 8 + band), mix(43, mix(question.hash, band)));
      }
      const other = owners.find(({ attribute }) => attribute !== question.id);
      if (other !== undefined) {
        ids.push(mix(44, (right > 0 ? 2 : 0) + (other.right > 3 ? 1 : 0)));
        ids.push(mix(45, mix(question.hash, hashOf(other.attribute))));
      }
    }
    if (isNamed) {
      const i = from[x] ?? 0;
      const j = to[x] ?? 0;
      for (const step of BESIDE) {
        const at = step < 0 ? i + step : j + step;
        if (named[at] === true && tokens[at]?.field === tokens[i]?.field) ids.push(mix(46, step + 8));
      }
    }
    starts[x + 1] = ids.length;
  }
  return { starts, ids: Int32Array.from(ids) };
}

function bandOf(share: number): number {
  return share > 0.95 ? 5 : share > 0.8 ? 4 : share > 0.6 ? 3 : share > 0.35 ? 2 : share > 0.15 ? 1 : 0;
}
