import { categoryLevels } from '../../src/domain/categoryPath.js';
import type { AttributeValue, Product } from '../../src/domain/product.js';
import { shuffle } from '../../src/domain/seededRandom.js';
import { fold } from '../../src/text/fold.js';
import { stem } from '../../src/text/stem.js';
import { type JudgedQuery, queryTypeOf } from './judgedQuery.js';

const QUERIES = 60;
/** More equally good products than this make a known item ambiguous. */
const MAX_SAME = 3;
/** Share of a title's words that a shopper types. */
const KEPT_SHARE = 0.6;
/** Products that a category and a value must have together. */
const COMBINED = { min: 3, max: 300 };
const SENTENCE_WORDS = { min: 5, max: 16 };
const MAX_SAME_SENTENCE = 20;
const MAX_POPULAR = 200;
const BEST = 3;
const NAME = /^\p{L}[\p{L} -]{2,20}$/u;

/** What is known of a product, whether or not the indexed copy says it. */
export type Truth = Pick<Product, 'category' | 'attributes'>;

/** Titles without some of their words. The product with this title is relevant; ambiguous ones are left out. */
export function shortenTitles(products: readonly Product[], random: () => number): JudgedQuery[] {
  const stems = products.map(({ title }) => new Set(stemsOf(title ?? '')));
  const queries: JudgedQuery[] = [];
  for (const product of shuffled(products, random)) {
    const words = (product.title ?? '').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
    if (words.length < 4) continue;
    const count = Math.max(2, Math.min(6, Math.round(words.length * KEPT_SHARE)));
    const kept = shuffled([...words.keys()], random).slice(0, count);
    const text = words.filter((_, place) => kept.includes(place)).join(' ');
    const wanted = stemsOf(text);
    const same = products.filter((_, place) => wanted.every((one) => stems[place]?.has(one)));
    if (same.length === 0 || same.length > MAX_SAME) continue;
    queries.push(complete(text, 'titles', new Map(same.map(({ id }) => [id, BEST]))));
    if (queries.length === QUERIES) break;
  }
  return queries;
}

/**
 * `red dresses`: a value and the last level of a category. Products with both are relevant, those of the category
 * alone a little. Products without a true category are not judged.
 */
export function combineValues(truth: ReadonlyMap<string, Truth>, random: () => number): JudgedQuery[] {
  const byCategory = new Map<string, string[]>();
  const byPair = new Map<string, { category: string; value: string; ids: string[] }>();
  for (const [id, { category, attributes = {} }] of truth) {
    if (category === undefined) continue;
    byCategory.set(category, [...(byCategory.get(category) ?? []), id]);
    for (const value of Object.values(attributes).flatMap(textsOf)) {
      const key = `${category}\n${fold(value)}`;
      const pair = byPair.get(key) ?? { category, value, ids: [] };
      pair.ids.push(id);
      byPair.set(key, pair);
    }
  }
  const pairs = [...byPair.values()].filter(
    ({ ids }) => ids.length >= COMBINED.min && ids.length <= COMBINED.max,
  );
  return shuffled(pairs, random)
    .slice(0, QUERIES)
    .map(({ category, value, ids }) => {
      const text = `${value} ${categoryLevels(category).at(-1) ?? ''}`.toLowerCase();
      const grades = new Map((byCategory.get(category) ?? []).map((id) => [id, 1]));
      for (const id of ids) grades.set(id, BEST);
      const isJudged = (id: string): boolean => truth.get(id)?.category !== undefined;
      return { text, family: 'values', type: queryTypeOf(text), grades, isJudged };
    });
}

/**
 * Sentences of descriptions, and the products without them: a query that says something of a product in words which the
 * index does not have.
 */
export function takeSentences(
  products: readonly Product[],
  random: () => number,
): { products: Product[]; queries: JudgedQuery[] } {
  const idsBySentence = new Map<string, string[]>();
  const sentences = products.map(({ description }) => [...new Set(sentencesOf(description ?? ''))]);
  for (const [place, { id }] of products.entries()) {
    for (const sentence of sentences[place] ?? []) {
      idsBySentence.set(sentence, [...(idsBySentence.get(sentence) ?? []), id]);
    }
  }
  const usable = [...idsBySentence].filter(([sentence, ids]) => {
    const words = sentence.split(/\s+/).length;
    return words >= SENTENCE_WORDS.min && words <= SENTENCE_WORDS.max && ids.length <= MAX_SAME_SENTENCE;
  });
  const taken = new Map(shuffled(usable, random).slice(0, QUERIES));
  return {
    products: products.map((product, place) => {
      if (!sentences[place]?.some((sentence) => taken.has(sentence))) return product;
      const rest = sentences[place].filter((sentence) => !taken.has(sentence)).join(' ');
      return { ...product, description: rest === '' ? undefined : rest };
    }),
    queries: [...taken].map(([sentence, ids]) =>
      complete(sentence.replace(/[.!?]+$/, ''), 'sentences', new Map(ids.map((id) => [id, BEST]))),
    ),
  };
}

/** The most popular queries of which some products have all words in title, brand or category. */
export function takePopular(products: readonly Product[], popular: readonly string[]): JudgedQuery[] {
  const stems = products.map(
    ({ title, brand, category }) => new Set(stemsOf(`${title} ${brand ?? ''} ${category ?? ''}`)),
  );
  const queries: JudgedQuery[] = [];
  for (const text of popular) {
    const wanted = stemsOf(text);
    const found = products.filter((_, place) => wanted.every((one) => stems[place]?.has(one)));
    if (wanted.length === 0 || found.length === 0 || found.length > MAX_POPULAR) continue;
    queries.push(complete(text, 'popular', new Map(found.map(({ id }) => [id, BEST]))));
    if (queries.length === QUERIES) break;
  }
  return queries;
}

/** Takes category and attributes from a share of the products. */
export function hideLabels(products: readonly Product[], share: number, random: () => number): Product[] {
  return products.map((product) => {
    if (random() >= share) return product;
    const { category: _category, attributes: _attributes, ...rest } = product;
    return rest;
  });
}

function complete(text: string, family: string, grades: ReadonlyMap<string, number>): JudgedQuery {
  return { text, family, type: queryTypeOf(text), grades, isJudged: () => true };
}

function stemsOf(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function textsOf(value: AttributeValue): string[] {
  return [value].flat().flatMap((one) => (typeof one === 'string' && NAME.test(one) ? [one] : []));
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = Int32Array.from(items.keys());
  shuffle(order, random);
  return [...order].flatMap((place) => items.slice(place, place + 1));
}
