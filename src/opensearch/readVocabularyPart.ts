import { ColumnEvidence } from '../index/columns/columnType.js';
import { type Column, LEXICAL_FIELDS, type LiveIndex } from '../index/liveIndex.js';
import type { VocabularyPart } from './bundle.js';

/**
 * The vocabulary of an index: terms, words and values, with the number of products of each. Pauses between the columns, so
 * that other work can run; what is written meanwhile may be counted in some of them only, until the next time.
 * @param sequence the number of the last change that the index includes
 * @param all the index with the products of every status
 */
export async function readVocabularyPart(
  index: LiveIndex,
  all: LiveIndex,
  sequence: number,
): Promise<VocabularyPart> {
  const { lexical } = index;
  const terms = counted((visit) => lexical.forEachTerm(visit));
  await pause();
  const words = counted((visit) => lexical.forEachWord(visit));
  const columns: VocabularyPart['columns'] = [];
  for (const name of index.columns.names()) {
    await pause();
    const column = index.columns.field(name);
    if (column !== undefined) columns.push(readColumn(index, column));
  }
  return {
    generation: index.generation.id,
    sequence,
    documents: index.live,
    allDocuments: all.live,
    averageLengths: LEXICAL_FIELDS.map((_, field) => lexical.averageLength(field)),
    terms: terms.texts,
    termDocuments: terms.documents,
    words: words.texts,
    wordDocuments: words.documents,
    columns: columns.filter(({ products }) => products > 0),
  };
}

type Visit = (text: string, documents: number) => void;

function counted(forEach: (visit: Visit) => void): { texts: string[]; documents: number[] } {
  const counts = new Map<string, number>();
  forEach((text, documents) => counts.set(text, documents));
  const texts = [...counts.keys()].sort();
  return { texts, documents: texts.map((text) => counts.get(text) ?? 0) };
}

function readColumn(index: LiveIndex, column: Column): VocabularyPart['columns'][number] {
  const { ordinals, spellings } = column;
  const { cells } = spellings;
  const counts = new Map<number, number>();
  let products = 0;
  let previous = -1;
  for (let cell = 0; cell < cells.length; cell++) {
    const ordinal = ordinals[cell] ?? 0;
    if (!index.alive(ordinal)) continue;
    if (ordinal !== previous) products++;
    previous = ordinal;
    const spelling = cells[cell] ?? 0;
    counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
  }
  const evidence = new ColumnEvidence(index.columns.rules.unitOf(column.name));
  const texts: string[] = [];
  const documents: number[] = [];
  for (const [spelling, count] of counts) {
    evidence.add(spellings.readingOf(spelling), count);
    texts.push(spellings.textOf(spelling));
    documents.push(count);
  }
  return { name: column.name, evidence: evidence.toJson(), spellings: texts, documents, products };
}

function pause(): Promise<void> {
  return new Promise(setImmediate);
}
