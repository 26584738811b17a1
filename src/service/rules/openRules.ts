import type { LiveIndex } from '../../index/liveIndex.js';
import { lintRules } from '../../search/rules/lintRules.js';
import type { EmbedQuery } from '../../search/search.js';
import type { SearchContext } from '../../search/searchContext.js';
import type { Store } from '../../store/open.js';
import { previewRules } from './previewRules.js';
import { publishRules, rollBackRules, rulesVersion } from './publishRules.js';
import type { RuleBook, RulesLint } from './ruleBook.js';

export function openRules(
  store: Store,
  context: () => SearchContext,
  embed: EmbedQuery | undefined,
): RuleBook {
  const catalog = (): LiveIndex => context().index;
  return {
    current: () => {
      const version = store.published.version('rules');
      const entry = rulesVersion(store, version);
      if (entry === undefined) throw new Error(`version ${version} of the rules is not in the store`);
      return { ...entry, findings: lintRules(entry.text, catalog()).findings };
    },
    versions: () =>
      store.published
        .list('rules')
        .map(({ version, at, by, note }) => ({ version, published_at: at, by, note })),
    version: (version) => rulesVersion(store, version),
    lint: (text) => countFindings(text, catalog()),
    publish: (text, publishing) => publishRules(store, catalog(), text, publishing),
    rollBack: (to, publishing) => rollBackRules(store, catalog(), to, publishing),
    preview: (text, request, at) => previewRules(context, embed, text, request, at),
  };
}

/** Lints a text and counts the findings. */
export function countFindings(text: string, catalog: LiveIndex | undefined): RulesLint {
  const { rules, findings } = lintRules(text, catalog);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { rules: rules?.rules.length ?? 0, errors, warnings: findings.length - errors, findings };
}
