import { type Fact, isShown } from '../../domain/fact.js';
import { attributeName } from '../../domain/field.js';
import { isBlank as isBlankValue } from '../../domain/isBlank.js';
import { isRecord } from '../../domain/isRecord.js';
import { FACTS_KEY } from '../../domain/product.js';
import { attributeOf, columnKey } from '../layout/layout.js';
import type { SourceRecord } from '../row.js';
import { type Member, type Members, membersOf, skipSpace } from './jsonMembers.js';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a JSON object with its blanks filled by applied facts and with all facts under `_shelfwright`, which
 * replaces an existing one. All other text stays unchanged. `keyOf` returns the key of a field if it differs from the
 * field's name, `isBlank` whether a value may be replaced.
 */
export function fillJson(
  text: string,
  record: SourceRecord,
  facts: readonly Fact[],
  keyOf: (field: string) => string | undefined,
  isBlank: (value: unknown) => boolean = isBlankValue,
): { text: string; filled: number } {
  const shown = facts.filter(isShown);
  if (shown.length === 0) return { text, filled: 0 };
  const top = new ObjectEdits(text, membersOf(text, skipSpace(text, 0)));
  const attributes = top.member('attributes');
  const inner =
    attributes !== undefined && isRecord(record.attributes)
      ? new ObjectEdits(text, membersOf(text, attributes.valueStart))
      : undefined;
  const newAttributes: Record<string, unknown> = {};
  const handled = new Set<string>();
  let filled = 0;
  for (const { field, value: canonical, written: value = canonical, status } of shown) {
    if (status !== 'applied' || handled.has(field)) continue;
    handled.add(field);
    const name = attributeName(field);
    const key = keyOf(field) ?? (name === undefined ? field : undefined);
    if (key !== undefined) {
      if (!isBlank(record[key])) continue;
      top.set(key, value);
    } else if (name !== undefined && inner !== undefined && isRecord(record.attributes)) {
      const own = ownKey(record.attributes, name);
      if (!isBlank(record.attributes[own])) continue;
      inner.set(own, value);
    } else if (name !== undefined && isBlank(record.attributes)) newAttributes[name] = value;
    else continue;
    filled++;
  }
  if (Object.keys(newAttributes).length > 0) top.set('attributes', newAttributes);
  top.set(FACTS_KEY, { facts: shown });
  return { text: applyEdits(text, [...top.edits(), ...(inner?.edits() ?? [])]), filled };
}

/** The existing key of the attribute, in any spelling (`Color`, `colour`); else its own name. */
export function ownKey(attributes: SourceRecord, name: string): string {
  if (Object.hasOwn(attributes, name)) return name;
  const folded = columnKey(attributeOf(name));
  return Object.keys(attributes).find((key) => columnKey(attributeOf(key)) === folded) ?? name;
}

/** Collects edits to one object in the text. */
export class ObjectEdits {
  readonly #edits: Edit[] = [];
  readonly #new: string[] = [];
  readonly #colon: string;
  readonly #comma: string;

  constructor(
    readonly text: string,
    readonly found: Members,
  ) {
    const [first, second] = found.members;
    // New members use the same spacing as the existing ones.
    this.#colon = first === undefined ? ':' : text.slice(first.keyEnd, first.valueStart);
    this.#comma =
      first === undefined || second === undefined ? ',' : text.slice(first.valueEnd, second.keyStart);
  }

  /** The last member with this key, which is the one that JSON.parse keeps. */
  member(key: string): Member | undefined {
    return this.found.members.findLast((member) => member.key === key);
  }

  set(key: string, value: unknown): void {
    const json = JSON.stringify(value);
    const member = this.member(key);
    if (member !== undefined)
      this.#edits.push({ start: member.valueStart, end: member.valueEnd, text: json });
    else this.#new.push(JSON.stringify(key) + this.#colon + json);
  }

  edits(): Edit[] {
    if (this.#new.length === 0) return this.#edits;
    const last = this.found.members.at(-1);
    const at = last?.valueEnd ?? this.found.close;
    const text = (last === undefined ? '' : this.#comma) + this.#new.join(this.#comma);
    return [...this.#edits, { start: at, end: at, text }];
  }
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
