import type { RuleFinding } from '../../search/rules/ruleFinding.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';

/** One published version. Version 0 has no rules and applies until one is published. */
export interface RulesVersion {
  readonly version: number;
  /** ISO 8601 in UTC; like `by`, undefined for version 0. */
  readonly published_at: string | undefined;
  readonly by: string | undefined;
  readonly note: string;
}

export interface RulesText extends RulesVersion {
  /** As published. */
  readonly text: string;
}

/** A version with its lint findings against the current catalog. */
export interface RulesNow extends RulesText {
  readonly findings: RuleFinding[];
}

export interface RulesLint {
  readonly rules: number;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: RuleFinding[];
}

/** Who publishes; with `if_version`, it is a conflict if another version is current. */
export interface Publishing {
  readonly by: string;
  readonly note?: string | undefined;
  readonly if_version?: number | undefined;
}

/** A page of hits with the current rules and with proposed ones. */
export interface RulesPreview {
  readonly findings: RuleFinding[];
  readonly now: SearchAnswer;
  readonly with_rules: SearchAnswer;
  /** Between the two pages; positions count from 1 over all pages. */
  readonly changes: {
    readonly in: { readonly id: string; readonly to: number }[];
    readonly out: { readonly id: string; readonly from: number }[];
    readonly moved: { readonly id: string; readonly from: number; readonly to: number }[];
  };
}

/** The merchandising rules, for reading. Methods throw UserError for what the caller can correct. */
export interface RulesReader {
  current(): RulesNow;
  /** Newest first. */
  versions(): RulesVersion[];
  /** Undefined for an unknown version. */
  version(version: number): RulesText | undefined;
  lint(text: string): RulesLint;
  /** One search with the current rules and with those of `text`, at the moment `at` (ms since 1970; default: now). */
  preview(text: string, request: SearchRequest, at?: number): Promise<RulesPreview>;
}

/** The same, for publishing too. */
export interface RuleBook extends RulesReader {
  /** Applies these rules from the next search on. @throws RulesRefused for errors in them, ConflictError by `if_version`. */
  publish(text: string, publishing: Publishing): RulesNow;
  /** Publishes the text of an old version as a new version; 0 for no rules. */
  rollBack(to: number, publishing: Publishing): RulesNow;
}
