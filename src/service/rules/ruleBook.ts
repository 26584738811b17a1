import type { SearchAnswer } from '../../search/answer.js';
import type { SearchRequest } from '../../search/request.js';
import type { RuleFinding } from '../../search/rules/finding.js';

/** One published version; version 0, of which no rule is part, is what serves until there is one. */
export interface RulesVersion {
  readonly version: number;
  /** ISO 8601 in UTC; undefined of version 0, as `by`. */
  readonly published_at: string | undefined;
  readonly by: string | undefined;
  readonly note: string;
}

export interface RulesText extends RulesVersion {
  /** As it was published. */
  readonly text: string;
}

/** A version with what is wrong with it beside the catalog as it is now. */
export interface RulesNow extends RulesText {
  readonly findings: RuleFinding[];
}

export interface RulesLint {
  readonly rules: number;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: RuleFinding[];
}

/** Who publishes, and over what: with `if_version`, another version than that by now is a conflict. */
export interface Publishing {
  readonly by: string;
  readonly note?: string | undefined;
  readonly if_version?: number | undefined;
}

/** What a page of hits would look like with other rules, beside what it is. */
export interface RulesPreview {
  readonly findings: RuleFinding[];
  readonly now: SearchAnswer;
  readonly with_rules: SearchAnswer;
  /** Of the hits on the page asked for. */
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
