import type { Taxonomy } from '../schema.js';

/** An imported taxonomy, and how it differs from its source. */
export interface ImportedTaxonomy {
  readonly taxonomy: Taxonomy;
  /** Numbers of entries in the source. Extended attributes share the values of another attribute. */
  readonly source: { readonly categories: number; readonly attributes: number; readonly values: number };
  /** One sentence per entry that was merged or renamed to make the result unambiguous. */
  readonly joined: readonly string[];
  /** Sentences about differences that this format requires. */
  readonly notes: readonly string[];
  /** The source's licence text, to be kept with the copy; undefined if it has none. */
  readonly licence: string | undefined;
}

export interface ImportTaxonomyOptions {
  /** The date in the changelog, such as `2026-11-21`. Default: today. */
  readonly date?: string;
}

export function changelogDate(options: ImportTaxonomyOptions): string {
  return options.date ?? new Date().toISOString().slice(0, 10);
}
