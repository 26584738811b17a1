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

/** The shop's merchandising rules behind the faces. Every method throws UserError for what the caller can mend. */
export interface RuleBook {
  current(): RulesNow;
  /** Newest first. */
  versions(): RulesVersion[];
  /** Undefined for a version that there is not. */
  version(version: number): RulesText | undefined;
  lint(text: string): RulesLint;
  /** Serves these rules from the next search on. @throws RulesRefused where they have errors, ConflictError by `if_version`. */
  publish(text: string, publishing: Publishing): RulesNow;
  /** Publishes an old version's text again, as a new version; 0 for no rules at all. */
  rollBack(to: number, publishing: Publishing): RulesNow;
  /** `at`, in milliseconds since 1970, is the moment that the given rules are tried at; now, unless given. */
  preview(text: string, request: SearchRequest, at?: number): Promise<RulesPreview>;
}
