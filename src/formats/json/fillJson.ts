import { type Fact, isShown } from '../../domain/fact.js';
import { attributeName } from '../../domain/field.js';
import { FACTS_KEY, isBlank } from '../../domain/product.js';
import { attributeOf, columnKey } from '../layout/layout.js';
import { isRecord, type SourceRecord } from '../row.js';
import { type Member, type Members, membersOf, skipSpace } from './jsonMembers.js';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a JSON object with its blanks filled by applied facts and with all facts under `_shelfwright`
 * (an old one is replaced). All else stays as it was written. `keyOf` names the key of a field where it is
 * not the field's own name.
 */
export function fillJson(
  text: string,
  record: SourceRecord,
  facts: readonly Fact[],
  keyOf: (field: string) => string | undefined,
): { text: string; filled: number } {
  const shown = facts.filter(isShown);
  if (shown.length === 0) return { text, filled: 0 };
  const top = new ObjectEdits(text, membersOf(text, skipSpace(text, 0)));
  const attributes = top.member('attributes');
  const inner =
    attributes !== undefined && isRecord(record.attributes)
      ? new ObjectEdits(text, membersOf(text, attributes.valueStart))
      : undefined;
  const fresh: Record<string, unknown> = {};
  const taken = new Set<string>();
  let filled = 0;
  for (const { field, value, status } of shown) {
    if (status !== 'applied' || taken.has(field)) continue;
    taken.add(field);
    const name = attributeName(field);
    const key = keyOf(field) ?? (name === undefined ? field : undefined);
    if (key !== undefined) {
      if (!isBlank(record[key])) continue;
      top.set(key, value);
    } else if (name !== undefined && inner !== undefined && isRecord(record.attributes)) {
      const own = ownKey(record.attributes, name);
      if (!isBlank(record.attributes[own])) continue;
      inner.set(own, value);
    } else if (name !== undefined && isBlank(record.attributes)) fresh[name] = value;
    else continue;
    filled++;
  }
  if (Object.keys(fresh).length > 0) top.set('attributes', fresh);
  top.set(FACTS_KEY, { facts: shown });
  return { text: applied(text, [...top.edits(), ...(inner?.edits() ?? [])]), filled };
}

/** The key that holds the attribute, be it written `Color` or `colour`; else its own name. */
function ownKey(attributes: SourceRecord, name: string): string {
  if (Object.hasOwn(attributes, name)) return name;
  const wanted = columnKey(attributeOf(name));
  return Object.keys(attributes).find((key) => columnKey(attributeOf(key)) === wanted) ?? name;
}

/** Changes to one object of the text. */
class ObjectEdits {
  readonly #edits: Edit[] = [];
  readonly #new: string[] = [];
  readonly #colon: string;
  readonly #comma: string;

  constructor(
    readonly text: string,
    readonly found: Members,
  ) {
    const [first, second] = found.members;
    // New members are spaced as the file's own are.
    this.#colon = first === undefined ? ':' : text.slice(first.keyEnd, first.valueStart);
    this.#comma =
      first === undefined || second === undefined ? ',' : text.slice(first.valueEnd, second.keyStart);
  }

  /** The last one of that key: it is what JSON.parse keeps. */
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

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
