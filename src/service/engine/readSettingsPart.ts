import type { SettingsPart } from '../../opensearch/bundle.js';
import type { SynonymRule } from '../../search/understand/synonyms.js';
import type { Store } from '../../store/open.js';

/** What people changed last: rules, synonyms and API keys, as the store has them now. */
export function readSettingsPart(
  store: Pick<Store, 'published' | 'keys'>,
  synonyms: readonly SynonymRule[],
): SettingsPart {
  const version = store.published.version('rules');
  const text = version === 0 ? '' : (store.published.get('rules', version)?.text ?? '');
  const valid = store.keys.list().flatMap(({ id, revoked }) => {
    const known = revoked === null ? store.keys.get(id) : undefined;
    return known === undefined ? [] : [{ key: known.key, hash: known.hash.toString('base64') }];
  });
  return {
    rules: { version, text },
    synonyms: synonyms.map(({ from, to }) => ({ from, to })),
    keys: { needed: store.keys.anyExisted(), valid },
  };
}
