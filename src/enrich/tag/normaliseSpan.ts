import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { parseMeasure } from '../../text/parseMeasure.js';
import { canonicalValue } from '../propose/labels.js';
import type { Gazetteer } from './gazetteer.js';

/**
 * The canonical value for words as they stand in a text: the taxonomy's own, by name, alias or measure; else
 * what labelled rows wrote where these words, or an inflection of them, stood in the text; else, where the
 * attribute is open, the words themselves. `asWritten` puts the words before what others wrote for them.
 * Undefined where they are no value of it.
 */
export function normaliseSpan(
  attribute: Attribute,
  quote: string,
  gazetteer: Gazetteer,
  view: TaxonomyView,
  asWritten = false,
): string | number | boolean | undefined {
  const own = canonicalValue(attribute, quote, view);
  const learned = gazetteer.nameOf(attribute.id, quote);
  if (attribute.type === 'number+unit') {
    // A bare number is in no unit, unless rows have shown what it stands for.
    const bare = attribute.unit !== undefined && parseMeasure(quote)?.unit === undefined;
    return bare ? learned : scalar(own);
  }
  if (attribute.type === 'text') {
    const isSame = learned !== undefined && fold(learned) === fold(quote);
    return learned === undefined || (asWritten && !isSame) ? quote.trim() : learned;
  }
  if (attribute.type === 'enum' && view.canonical(attribute, quote) !== undefined) return scalar(own);
  return learned === undefined ? scalar(own) : scalar(canonicalValue(attribute, learned, view));
}

function scalar(value: ReturnType<typeof canonicalValue>): string | number | boolean | undefined {
  return Array.isArray(value) ? undefined : value;
}
