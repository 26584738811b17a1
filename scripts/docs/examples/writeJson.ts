import type { JsonPattern } from './jsonPattern.js';
import { ELLIPSIS } from './matchLine.js';

/** A page's lines are no longer than this. */
const WIDTH = 110;

/** A pattern as text: what fits into a line stands in one, anything longer has an entry a line. */
export function writeJson(pattern: JsonPattern, indent = '', before = 0): string {
  const flat = writeFlat(pattern);
  if (indent.length + before + flat.length <= WIDTH) return flat;
  if (pattern.kind !== 'list' && pattern.kind !== 'object') return flat;
  const deeper = `${indent}  `;
  const entries =
    pattern.kind === 'list'
      ? pattern.items.map((item) => writeJson(item, deeper))
      : Array.from(pattern.members, ([name, member]) => {
          const label = `${JSON.stringify(name)}: `;
          return label + writeJson(member, deeper, label.length + 1);
        });
  const lines = [...entries, ...(pattern.open ? [ELLIPSIS] : [])].map((entry) => deeper + entry);
  const [opening, closing] = pattern.kind === 'list' ? '[]' : '{}';
  return `${opening}\n${lines.join(',\n')}\n${indent}${closing}`;
}

function writeFlat(pattern: JsonPattern): string {
  switch (pattern.kind) {
    case 'any':
      return ELLIPSIS;
    case 'scalar':
      return JSON.stringify(pattern.value);
    case 'list':
      return `[${[...pattern.items.map(writeFlat), ...(pattern.open ? [ELLIPSIS] : [])].join(', ')}]`;
    case 'object': {
      const members = Array.from(
        pattern.members,
        ([name, member]) => `${JSON.stringify(name)}: ${writeFlat(member)}`,
      );
      const entries = [...members, ...(pattern.open ? [ELLIPSIS] : [])];
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
    }
  }
}
