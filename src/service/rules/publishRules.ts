import { ConflictError, UserError } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { lintRules } from '../../search/rules/lintRules.js';
import { findingLine, type RuleFinding } from '../../search/rules/ruleFinding.js';
import type { Store } from '../../store/open.js';
import type { Publishing, RulesNow, RulesText } from './ruleBook.js';

/** The text of version 0, which applies before anything is published. */
const NO_RULES = 'format: 1\nrules: []\n';

/** Rules that are not published because of errors, which `findings` list. */
export class RulesRefused extends UserError {
  constructor(readonly findings: readonly RuleFinding[]) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const lines = errors.slice(0, 10).map((finding) => `\n  ${findingLine(finding)}`);
    const more = errors.length > lines.length ? `\n  and ${errors.length - lines.length} more` : '';
    super(
      `The rules have ${errors.length === 1 ? 'an error' : `${errors.length} errors`} to correct first:${lines.join('')}${more}`,
      {
        field: 'rules',
      },
    );
  }
}

/**
 * Publishes rules as the next version.
 * @throws RulesRefused for errors in them, ConflictError where `if_version` is not the current version.
 */
export function publishRules(
  store: Store,
  catalog: LiveIndex | undefined,
  text: string,
  { by, note = '', if_version }: Publishing,
): RulesNow {
  const { rules, findings } = lintRules(text, catalog);
  if (rules === undefined) throw new RulesRefused(findings);
  const entry = { at: new Date().toISOString(), by, note, text };
  const version = store.transaction(() => {
    const newest = store.published.version('rules');
    if (if_version !== undefined && if_version !== newest) {
      throw new ConflictError(
        `Version ${newest} of the rules is current, and these were made from version ${if_version}: look at what changed (/v1/rules/versions/${newest}, shelfwright rules show), then publish on top of it.`,
        { field: 'if_version' },
      );
    }
    return store.published.add('rules', entry);
  });
  return { version, published_at: entry.at, by, note, text, findings };
}

/** Publishes the text of an old version as the next one. @throws UserError for an unknown version. */
export function rollBackRules(
  store: Store,
  catalog: LiveIndex | undefined,
  to: number,
  publishing: Publishing,
): RulesNow {
  const old = rulesVersion(store, to);
  if (old === undefined) {
    const newest = store.published.version('rules');
    throw new UserError(`There is no version ${to} of the rules; there are 0 (no rules) to ${newest}.`, {
      field: 'to',
    });
  }
  return publishRules(store, catalog, old.text, {
    ...publishing,
    note: publishing.note ?? (to === 0 ? 'no rules' : `version ${to} again`),
  });
}

/** Undefined for an unknown version. */
export function rulesVersion(store: Store, version: number): RulesText | undefined {
  if (version === 0)
    return { version, published_at: undefined, by: undefined, note: 'no rules', text: NO_RULES };
  const found = store.published.get('rules', version);
  if (found === undefined) return undefined;
  const { at, by, note, text } = found;
  return { version, published_at: at, by, note, text };
}
