import type { Taxonomy } from '../schema.js';

/** A taxonomy made from somebody else's, and what had to be said differently. */
export interface ImportedTaxonomy {
  readonly taxonomy: Taxonomy;
  /** What the source holds, as it counts it; extended attributes share the values of another. */
  readonly source: { readonly categories: number; readonly attributes: number; readonly values: number };
  /** What was joined or renamed so that the result reads unambiguously, a sentence each. */
  readonly joined: readonly string[];
  /** Sentences about what the source says otherwise than this format can. */
  readonly notes: readonly string[];
  /** The source's licence, to be kept beside the copy; undefined where it comes without. */
  readonly licence: string | undefined;
}

export interface ImportTaxonomyOptions {
  /** The day in the changelog, `2026-11-21`; else today. */
  readonly date?: string;
}

export function dayOf(options: ImportTaxonomyOptions): string {
  return options.date ?? new Date().toISOString().slice(0, 10);
}
