import { attributeName } from '../../../domain/field.js';
import { fieldsIn } from '../../filter/matchProduct.js';
import { type Filter, parseFilter } from '../../filter/parseFilter.js';
import { TEXT_FIELD } from '../../filter/textFilter.js';
import type { Query } from '../query.js';
import type { Interpretation } from './interpretation.js';
import { keyOfWords } from './keyWords.js';
import type { ValueVocabulary } from './valueVocabulary.js';
import { writeCondition, writeName } from './writeFilter.js';

/** A span of the query that is interpreted already. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Names below this certainty never filter. */
const MIN_FILTER_CERTAINTY = 0.4;

/** The names of values in the query: longest first, without overlaps. */
export function readValues(
  query: Query,
  vocabulary: ValueVocabulary,
  taken: readonly Span[],
): Interpretation[] {
  const words = query.keyWords;
  const interpretations: Interpretation[] = [];
  for (let at = 0; at < words.length; ) {
    const max = Math.min(vocabulary.longest, words.length - at);
    let next = at + 1;
    for (let length = max; length > 0; length--) {
      const nameWords = words.slice(at, at + length);
      const meaning = vocabulary.meaning(keyOfWords(nameWords));
      const start = nameWords[0]?.start ?? 0;
      const end = nameWords.at(-1)?.end ?? 0;
      if (meaning === undefined || taken.some((span) => span.start < end && start < span.end)) continue;
      const { filter, parsed, certainty, safe, ambiguous } = meaning;
      interpretations.push({
        text: query.text.slice(start, end),
        start,
        end,
        filter,
        parsed,
        certainty,
        strict: safe,
        consumesWords: false,
        mayFilter: certainty >= MIN_FILTER_CERTAINTY && !ambiguous,
        ...orInText(filter, parsed, query.text.slice(start, end)),
      });
      next = at + length;
      break;
    }
    at = next;
  }
  return interpretations;
}

/**
 * A product whose field is blank may say the value in its text: `red` is also in the title `Skater dress, red` without
 * a colour.
 */
function orInText(filter: string, parsed: Filter, name: string): Pick<Interpretation, 'filtering'> {
  const [field] = fieldsIn(parsed);
  if (parsed.kind !== 'compare' || field === undefined || attributeName(field) === undefined) return {};
  const saysIt = writeCondition(TEXT_FIELD, '=', name);
  const wide = `(${filter} OR (NOT ${writeName(field)} EXISTS AND ${saysIt}))`;
  return { filtering: { filter: wide, parsed: parseFilter(wide) } };
}
