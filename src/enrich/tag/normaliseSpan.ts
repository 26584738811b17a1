import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { readMeasure } from '../../text/measures.js';
import { canonicalValue } from '../features/labels.js';
import type { Gazetteer } from './gazetteer.js';

/**
 * The canonical value of words quoted from a text: the taxonomy's value, by name, alias or measure; else the value that
 * training rows gave where these words or an inflection of them stood in the text; else, if the attribute is open, the
 * words themselves. `asWritten` prefers the words to the values of other rows. Undefined if they are no valid value.
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
    // A number without a unit is ambiguous, unless training rows gave a value for it.
    const isBare = attribute.unit !== undefined && readMeasure(quote)?.unit === undefined;
    return isBare ? learned : scalar(own);
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
