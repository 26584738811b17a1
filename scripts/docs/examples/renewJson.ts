import type { Precision } from './agree.js';
import { compareJson, membersOf } from './compareJson.js';
import type { JsonPattern } from './jsonPattern.js';
import { ELLIPSIS } from './matchLine.js';

/** How many members or items of something new are shown. */
const SHOWN = 3;
/** Digits after the point that a reader cares for. */
const DIGITS = 3;

/** The same parts of a document as a page has shown, with what they are now; what still agrees stays as it is. */
export function renewJson(
  pattern: JsonPattern,
  value: unknown,
  precision: Precision,
  place = '',
): JsonPattern {
  if (pattern.kind === 'scalar' && typeof value !== 'object')
    return renewScalar(pattern, value, precision, place);
  if (pattern.kind === 'list' && Array.isArray(value)) {
    const { items, open } = pattern;
    const shown = open ? value.slice(0, Math.max(1, items.length)) : value;
    const renewed = shown.map((item: unknown, at) => {
      const like = items[at] ?? items.at(-1);
      return like === undefined ? patternOf(item) : renewJson(like, item, precision, `${place}[${at}]`);
    });
    return { kind: 'list', items: renewed, open };
  }
  const members = membersOf(value);
  if (pattern.kind === 'object' && members !== undefined) {
    const kept = [...pattern.members.keys()].filter((name) => members.has(name));
    const names = pattern.open
      ? kept.length > 0
        ? kept
        : [...members.keys()].slice(0, SHOWN)
      : members.keys();
    const renewed = Array.from(names, (name): [string, JsonPattern] => {
      const like = pattern.members.get(name);
      const inside = place === '' ? name : `${place}.${name}`;
      return [
        name,
        like === undefined
          ? patternOf(members.get(name))
          : renewJson(like, members.get(name), precision, inside),
      ];
    });
    return { kind: 'object', members: new Map(renewed), open: pattern.open };
  }
  return pattern.kind === 'any' ? pattern : patternOf(value);
}

/** A whole document as a pattern, with nothing left out. */
export function patternOf(value: unknown): JsonPattern {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(patternOf), open: false };
  const members = membersOf(value);
  if (members !== undefined) {
    const entries = Array.from(members, ([name, member]): [string, JsonPattern] => [name, patternOf(member)]);
    return { kind: 'object', members: new Map(entries), open: false };
  }
  if (typeof value === 'number') return { kind: 'scalar', value: Number(value.toFixed(DIGITS)) };
  if (value === null || typeof value === 'string' || typeof value === 'boolean')
    return { kind: 'scalar', value };
  return { kind: 'any' };
}

function renewScalar(
  pattern: Extract<JsonPattern, { kind: 'scalar' }>,
  value: unknown,
  precision: Precision,
  place: string,
): JsonPattern {
  if (compareJson(pattern, value, precision, place).length === 0) return pattern;
  const { value: before } = pattern;
  if (typeof before === 'string' && before.endsWith(ELLIPSIS) && typeof value === 'string')
    return { kind: 'scalar', value: value.slice(0, before.length - ELLIPSIS.length) + ELLIPSIS };
  return patternOf(value);
}
