import { type Document, isCollection, isSeq, parse, parseDocument, stringify } from 'yaml';

/** The working copy as lists. */
export interface RuleLists {
  /** As written: the check says what is wrong with them. */
  readonly rules: readonly unknown[];
  readonly synonyms: readonly string[];
  /** Why the text cannot be read; undefined where it can. */
  readonly problem?: string;
}

export const NO_RULES = 'format: 1\nrules: []\n';

export function readLists(text: string): RuleLists {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined)
    return { rules: [], synonyms: [], problem: error.message.split('\n')[0] ?? 'The text is no YAML.' };
  const value: unknown = document.toJS();
  if (typeof value !== 'object' || value === null)
    return { rules: [], synonyms: [], problem: 'The text has no rules: begin with format: 1.' };
  const rules: unknown = Reflect.get(value, 'rules');
  const synonyms: unknown = Reflect.get(value, 'synonyms');
  return {
    rules: Array.isArray(rules) ? rules : [],
    synonyms: Array.isArray(synonyms) ? synonyms.map(String) : [],
  };
}

/** Rules published as JSON, as lines of YAML that people can read. */
export function asYaml(text: string): string {
  if (!text.trimStart().startsWith('{')) return text;
  try {
    return stringify(parse(text), { lineWidth: 0 });
  } catch {
    return text;
  }
}

/** The text with this rule at this place of the list; comments of other rules stay. */
export function withRule(text: string, place: number, rule: Readonly<Record<string, unknown>>): string {
  return edited(text, (document) => {
    blockList(document, 'rules');
    document.setIn(['rules', place], document.createNode(rule));
  });
}

export function withoutRule(text: string, place: number): string {
  return edited(text, (document) => document.deleteIn(['rules', place]));
}

/** The text with this rule one place further up. */
export function withRuleUp(text: string, place: number): string {
  return edited(text, (document) => {
    const list = document.get('rules');
    if (!isSeq(list) || place < 1 || place >= list.items.length) return;
    list.items.splice(place - 1, 0, ...list.items.splice(place, 1));
  });
}

/** The text with these lines of synonyms; comments of lines that stay the same are kept. */
export function withSynonyms(text: string, lines: readonly string[]): string {
  return edited(text, (document) => {
    if (lines.length === 0) {
      document.delete('synonyms');
      return;
    }
    const before = document.get('synonyms');
    const same = isSeq(before) && before.items.length <= lines.length;
    if (!same) document.set('synonyms', document.createNode(lines));
    blockList(document, 'synonyms');
    if (!same) return;
    const { synonyms } = readLists(text);
    for (const [place, line] of lines.entries())
      if (synonyms[place] !== line) document.setIn(['synonyms', place], line);
  });
}

function edited(text: string, edit: (document: Document) => void): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  edit(document);
  return document.toString({ lineWidth: 0 });
}

/** Makes the list exist, with one entry a line. */
function blockList(document: Document, key: string): void {
  const found = document.get(key);
  if (isCollection(found)) found.flow = false;
  else document.set(key, document.createNode([]));
  const made = document.get(key);
  if (isCollection(made)) made.flow = false;
}
