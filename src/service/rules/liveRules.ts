import { sentenceOf } from '../../domain/errors.js';
import { storageErrorOf } from '../../domain/storageError.js';
import { type CompiledRules, compileIfAny } from '../../search/rules/compileRules.js';
import { lintRules } from '../../search/rules/lintRules.js';
import { findingLine } from '../../search/rules/ruleFinding.js';
import type { Store } from '../../store/open.js';

/** The newest published rules, whichever process publishes them; compiled once a version. */
export class LiveRules {
  private version = 0;
  private compiled: CompiledRules | undefined;
  private lintProblem: string | undefined;
  private readProblem: string | undefined;

  constructor(private readonly store: Store) {}

  /** Undefined where the newest version has no rules. Takes some microseconds unless a version was published. */
  current(): CompiledRules | undefined {
    try {
      const version = this.store.published.version('rules');
      if (version !== this.version) this.load(version);
      this.readProblem = undefined;
    } catch (error) {
      const trouble = storageErrorOf(error);
      if (trouble === undefined) throw error;
      this.readProblem = `The merchandising rules read last still apply: ${sentenceOf(trouble)}`;
    }
    return this.compiled;
  }

  /** Why published rules do not apply: one sentence each. */
  problems(): string[] {
    this.current();
    return [this.lintProblem, this.readProblem].filter((problem) => problem !== undefined);
  }

  private load(version: number): void {
    const text = this.store.published.get('rules', version)?.text ?? '';
    const { rules, findings } = lintRules(text, undefined);
    this.version = version;
    this.compiled = compileIfAny(rules);
    // A newer Shelfwright may have published rules in a notation unknown here: search goes on without them.
    const error = findings.find(({ severity }) => severity === 'error');
    this.lintProblem =
      error === undefined
        ? undefined
        : `Version ${version} of the merchandising rules is not applied: ${findingLine(error)}`;
  }
}
