import { diskTrouble } from '../../domain/diskTrouble.js';
import { sentenceOf } from '../../domain/errors.js';
import { type CompiledRules, compileRules } from '../../search/rules/compileRules.js';
import { findingLine } from '../../search/rules/finding.js';
import { lintRules } from '../../search/rules/lintRules.js';
import type { Store } from '../../store/open.js';

/** Keeps the rules that serve level with what is published, whichever process publishes: compiled once a version. */
export class LiveRules {
  private version = 0;
  private compiled: CompiledRules | undefined;
  private refusal: string | undefined;
  private unread: string | undefined;

  constructor(private readonly store: Store) {}

  /** The rules of the newest version; undefined where it has none. A few microseconds while nothing is published. */
  current(): CompiledRules | undefined {
    try {
      const version = this.store.published.version('rules');
      if (version !== this.version) this.take(version);
      this.unread = undefined;
    } catch (error) {
      const trouble = diskTrouble(error);
      if (trouble === undefined) throw error;
      this.unread = `The merchandising rules were kept as they were: ${sentenceOf(trouble)}`;
    }
    return this.compiled;
  }

  /** Why published rules do not serve; nothing while all is well. */
  reasons(): string[] {
    this.current();
    return [this.refusal, this.unread].filter((reason) => reason !== undefined);
  }

  private take(version: number): void {
    const text = this.store.published.get('rules', version)?.text ?? '';
    const { rules, findings } = lintRules(text, undefined);
    this.version = version;
    this.compiled = rules === undefined || rules.rules.length === 0 ? undefined : compileRules(rules);
    // Published by another Shelfwright, whose notation may be newer: search goes on without.
    const error = findings.find(({ severity }) => severity === 'error');
    this.refusal =
      error === undefined
        ? undefined
        : `Version ${version} of the merchandising rules is not applied: ${findingLine(error)}`;
  }
}
