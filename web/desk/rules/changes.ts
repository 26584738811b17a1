import { type RuleLists, readLists, withoutRule, withRule, withSynonyms } from './document.js';

/** What differs between two versions, by the ids of rules and the lines of synonyms. */
export interface Changes {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly synonymsAdded: readonly string[];
  readonly synonymsRemoved: readonly string[];
  /** Why one of them cannot be compared, because its text is no YAML. */
  readonly problem?: string;
}

export function changesBetween(before: string, after: string): Changes {
  const [old, present] = [readLists(before), readLists(after)];
  const [oldRules, rules] = [byId(old), byId(present)];
  const problem = present.problem ?? old.problem;
  return {
    added: [...rules.keys()].filter((id) => !oldRules.has(id)),
    changed: [...rules]
      .filter(([id, text]) => oldRules.has(id) && oldRules.get(id) !== text)
      .map(([id]) => id),
    removed: [...oldRules.keys()].filter((id) => !rules.has(id)),
    synonymsAdded: present.synonyms.filter((line) => !old.synonyms.includes(line)),
    synonymsRemoved: old.synonyms.filter((line) => !present.synonyms.includes(line)),
    ...(problem !== undefined && { problem }),
  };
}

/** `1 rule added, 2 rules changed, 1 synonym removed`; for changes of comments or order only, so, and why where the text cannot be read. */
export function changesInWords(changes: Changes): string {
  if (changes.problem !== undefined) return `the text cannot be read: ${changes.problem}`;
  const counted = (list: readonly string[], what: string, verb: string) =>
    list.length === 0
      ? []
      : [`${list.length.toLocaleString()} ${what}${list.length === 1 ? '' : 's'} ${verb}`];
  const parts = [
    ...counted(changes.added, 'rule', 'added'),
    ...counted(changes.changed, 'rule', 'changed'),
    ...counted(changes.removed, 'rule', 'removed'),
    ...counted(changes.synonymsAdded, 'synonym', 'added'),
    ...counted(changes.synonymsRemoved, 'synonym', 'removed'),
  ];
  return parts.length === 0 ? 'only comments or the order change' : parts.join(', ');
}

export interface Merged {
  readonly text: string;
  /** Ids of rules that both sides changed: ours stay. */
  readonly conflicts: readonly string[];
}

/** Brings what `theirs` changed since `base` into `ours`. Where both changed a rule, ours stays. */
export function bringIn(base: string, ours: string, theirs: string): Merged {
  const [mine, other] = [changesBetween(base, ours), changesBetween(base, theirs)];
  const touched = new Set([...mine.added, ...mine.changed, ...mine.removed]);
  const wanted = [...other.added, ...other.changed, ...other.removed];
  const same = (id: string) => byId(readLists(ours)).get(id) === byId(readLists(theirs)).get(id);
  const conflicts = wanted.filter((id) => touched.has(id) && !same(id));
  let text = ours;
  for (const id of wanted.filter((one) => !touched.has(one))) {
    const place = placeOf(readLists(text), id);
    const { rules } = readLists(theirs);
    const rule = rules.find((one) => idOf(one) === id);
    if (rule === undefined) text = place === -1 ? text : withoutRule(text, place);
    else text = withRule(text, place === -1 ? readLists(text).rules.length : place, Object(rule));
  }
  const { synonyms } = readLists(text);
  const lines = [
    ...synonyms.filter((line) => !other.synonymsRemoved.includes(line)),
    ...other.synonymsAdded.filter((line) => !synonyms.includes(line)),
  ];
  const differ = lines.length !== synonyms.length || lines.some((line, place) => line !== synonyms[place]);
  return { text: differ ? withSynonyms(text, lines) : text, conflicts };
}

export function idOf(rule: unknown): string {
  return typeof rule === 'object' && rule !== null ? String(Reflect.get(rule, 'id') ?? '') : '';
}

function byId({ rules }: RuleLists): Map<string, string> {
  return new Map(rules.map((rule) => [idOf(rule), JSON.stringify(rule)]));
}

function placeOf({ rules }: RuleLists, id: string): number {
  return rules.findIndex((rule) => idOf(rule) === id);
}
