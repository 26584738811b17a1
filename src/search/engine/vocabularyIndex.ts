import { ColumnEvidence } from '../../index/columns/columnType.js';
import { LiveColumn } from '../../index/columns/liveColumn.js';
import { readCell, readKey } from '../../index/columns/readCell.js';
import { ValueRules } from '../../index/columns/valueRules.js';
import { StringTable } from '../../index/files/sectionReader.js';
import type { Manifest } from '../../index/generation/manifest.js';
import { termOf } from '../../index/lexical/analyze.js';
import { SpellingIndex } from '../../index/lexical/spellingIndex.js';
import { TermCounts } from '../../index/lexical/termCounts.js';
import type { NearbyWord, Word } from '../../index/liveIndex.js';
import { unitOf } from '../../text/units.js';
import { parseFilter } from '../filter/parseFilter.js';
import type { Meaning, ValueVocabulary } from '../understand/structure/valueVocabulary.js';
import type { Statistics } from './statistics.js';

/** A catalog's words and values with their counts: made once from statistics, and shared by all searches. */
export class VocabularyIndex {
  readonly terms: TermCounts;
  readonly vocabulary: ValueVocabulary;
  readonly #words: TermCounts;
  readonly #columns = new Map<string, LiveColumn>();
  readonly #keys = new WeakMap<LiveColumn, (string | undefined)[]>();
  readonly names: readonly string[];
  #spellings: SpellingIndex | undefined;

  constructor(
    readonly generation: Manifest,
    readonly statistics: Statistics,
    readonly rules: ValueRules = ValueRules.NONE,
  ) {
    this.terms = countsOf(statistics.terms, statistics.termDocuments);
    this.#words = countsOf(statistics.words, statistics.wordDocuments);
    for (const { name, spellings, documents } of statistics.columns)
      this.#columns.set(name, columnOf(name, spellings, documents, rules));
    this.names = [...this.#columns.keys()].sort();
    this.vocabulary = this.#readVocabulary();
  }

  get documents(): number {
    return this.statistics.documents;
  }

  column(field: string): LiveColumn | undefined {
    return this.#columns.get(field);
  }

  /** The key of a value, by which products are looked up. */
  keyOf(column: LiveColumn, code: number): string | undefined {
    const keys = this.#keys.get(column) ?? [];
    this.#keys.set(column, keys);
    keys[code] ??= readKey(column.name, column.values[code] ?? '', this.rules);
    return keys[code];
  }

  words(prefix: string, limit: number): Word[] {
    return this.#words.top(prefix, limit).map(({ text, count }) => wordOf(text, count));
  }

  wordsContaining(part: string, limit: number): Word[] {
    return this.#words.topContaining(part, limit).map(({ text, count }) => wordOf(text, count));
  }

  forEachWord(visit: (word: string, documents: number) => void): void {
    this.#words.forEach(visit);
  }

  wordDocuments(word: string): number {
    return this.#words.count(word);
  }

  wordsWithinEdits(word: string, max: number): NearbyWord[] {
    if (this.#spellings === undefined) {
      const spellings = new SpellingIndex();
      for (const one of this.statistics.words) spellings.add(one);
      this.#spellings = spellings;
    }
    const found: NearbyWord[] = [];
    this.#spellings.within(word, max, (candidate, edits) => {
      const documents = this.wordDocuments(candidate);
      if (edits > 0 && documents > 0) found.push({ ...wordOf(candidate, documents), edits });
    });
    return found;
  }

  #readVocabulary(): ValueVocabulary {
    const { names, longest, measures } = this.statistics;
    const meanings = new Map<string, Meaning>(
      names.map(({ key, ...meaning }) => [key, { ...meaning, parsed: parseFilter(meaning.filter) }]),
    );
    return {
      names: meanings,
      meaning: (key) => meanings.get(key),
      longest,
      measures: measures.flatMap(({ field, unit, measures: values, ...rest }) => {
        const column = this.#columns.get(field);
        if (column === undefined) return [];
        const known = values.flatMap(({ value, base }) => {
          const code = column.codeOf(value);
          return code === undefined ? [] : [{ code, base }];
        });
        return [{ ...rest, column, unit: unit === null ? undefined : unitOf(unit), measures: known }];
      }),
    };
  }
}

function columnOf(
  name: string,
  spellings: readonly string[],
  documents: readonly number[],
  rules: ValueRules,
): LiveColumn {
  const codes = new Uint32Array(spellings.length);
  const codeOfKey = new Map<string, number>();
  const evidence = new ColumnEvidence(rules.unitOf(name));
  for (const [spelling, text] of spellings.entries()) {
    const key = readKey(name, text, rules) ?? '';
    const code = codeOfKey.get(key) ?? codeOfKey.size;
    codeOfKey.set(key, code);
    codes[spelling] = code;
    evidence.add(readCell(name, text, rules)?.reading ?? {}, documents[spelling] ?? 0);
  }
  return new LiveColumn(name, rules, {
    ordinals: new Uint32Array(0),
    spellings: new Uint32Array(0),
    codes,
    values: codeOfKey.size,
    numbers: undefined,
    evidence,
    readTexts: () => [...spellings],
    documents: Uint32Array.from(documents),
  });
}

function countsOf(texts: readonly string[], counts: readonly number[]): TermCounts {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  for (const [place, text] of texts.entries()) ends[place] = end += text.length;
  return new TermCounts(new StringTable(ends, texts.join('')), Uint32Array.from(counts));
}

function wordOf(word: string, documents: number): Word {
  return { word, term: termOf(word), documents };
}
