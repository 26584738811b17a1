import { agree, type Precision } from './agree.js';
import type { JsonPattern } from './jsonPattern.js';
import { isMeasured, mask } from './mask.js';
import { ELLIPSIS } from './matchLine.js';

/** What of a document is not as a page shows it, each with its place (`hits[0].score`). Empty where all agrees. */
export function compareJson(
  pattern: JsonPattern,
  value: unknown,
  precision: Precision,
  place = '',
): string[] {
  const unlike = [
    `${place === '' ? 'the answer' : place}: expected ${kindOf(pattern)}, found ${shorten(value)}`,
  ];
  switch (pattern.kind) {
    case 'any':
      return [];
    case 'scalar':
      return agrees(pattern.value, value, precision, place) ? [] : unlike;
    case 'list': {
      if (!Array.isArray(value)) return unlike;
      const { items, open } = pattern;
      if (open ? value.length < items.length : value.length !== items.length)
        return [`${place}: expected ${items.length} items${open ? ' or more' : ''}, found ${value.length}`];
      return items.flatMap((item, at) => compareJson(item, value[at], precision, `${place}[${at}]`));
    }
    case 'object': {
      const members = membersOf(value);
      if (members === undefined) return unlike;
      const prefix = place === '' ? '' : `${place}.`;
      const differences = Array.from(pattern.members).flatMap(([name, member]) =>
        members.has(name)
          ? compareJson(member, members.get(name), precision, prefix + name)
          : [`${prefix}${name}: is missing`],
      );
      const further = pattern.open ? [] : [...members.keys()].filter((name) => !pattern.members.has(name));
      return [...differences, ...further.map((name) => `${prefix}${name}: was not expected`)];
    }
  }
}

/** The members of a JSON object; undefined for any other value. */
export function membersOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined;
}

function agrees(
  expected: string | number | boolean | null,
  actual: unknown,
  precision: Precision,
  place: string,
): boolean {
  if (typeof expected === 'number' && typeof actual === 'number')
    return isMeasured(place) || agree(expected, actual, precision);
  if (typeof expected !== 'string' || typeof actual !== 'string') return expected === actual;
  return expected.endsWith(ELLIPSIS)
    ? actual.startsWith(expected.slice(0, -ELLIPSIS.length))
    : mask(expected) === mask(actual);
}

function kindOf(pattern: JsonPattern): string {
  return pattern.kind === 'scalar' ? shorten(pattern.value) : `a JSON ${pattern.kind}`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 100 ? `${text.slice(0, 100)}${ELLIPSIS}` : text;
}
