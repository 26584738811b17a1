import { attributeName } from '../../domain/field.js';
import { isRecord } from '../../domain/isRecord.js';
import type { AttributeValue } from '../../domain/product.js';
import type { SourceRecord } from '../row.js';
import { applyEdits, ObjectEdits, ownKey } from './fillJson.js';
import { membersOf, skipSpace } from './jsonMembers.js';

/** The text of a JSON object with other values; a member that does not hold the value as given stays. */
export function respellJson(
  text: string,
  record: SourceRecord,
  respelled: readonly {
    readonly field: string;
    readonly before: AttributeValue;
    readonly after: AttributeValue;
  }[],
  keyOf: (field: string) => string | undefined,
): { text: string; changed: number } {
  const top = new ObjectEdits(text, membersOf(text, skipSpace(text, 0)));
  const attributes = top.member('attributes');
  const inner =
    attributes !== undefined && isRecord(record.attributes)
      ? new ObjectEdits(text, membersOf(text, attributes.valueStart))
      : undefined;
  let changed = 0;
  for (const { field, before, after } of respelled) {
    const name = attributeName(field);
    const key = keyOf(field) ?? (name === undefined ? field : undefined);
    const holder = key === undefined ? record.attributes : record;
    if (!isRecord(holder)) continue;
    const own = key ?? ownKey(holder, name ?? field);
    if (JSON.stringify(holder[own]) !== JSON.stringify(before)) continue;
    if (key === undefined) inner?.set(own, after);
    else top.set(own, after);
    changed++;
  }
  return { text: applyEdits(text, [...top.edits(), ...(inner?.edits() ?? [])]), changed };
}
