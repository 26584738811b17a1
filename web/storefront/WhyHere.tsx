import { useEffect, useState } from 'preact/hooks';
import { type Explanation, search } from '../shared/api.js';
import { FEATURES, foundWords } from '../shared/features.js';
import { PER_PAGE, requestOf } from './requestOf.js';
import type { State } from './state.js';

const MIN_SHARE = 0.005;

interface Props {
  /** The state with the search that found the product. */
  readonly state: State;
  readonly id: string;
}

/** Why the product is among the results: what its score is made of, as bars. Nothing if it is on another page. */
export function WhyHere({ state, id }: Props) {
  const explanation = useExplanation(state, id);
  if (explanation === undefined) return null;
  const shares = Object.entries(explanation.features)
    .filter(([, { share }]) => Math.abs(share) >= MIN_SHARE)
    .sort(([, a], [, b]) => b.share - a.share);
  if (shares.length === 0) return null;
  const most = Math.max(...shares.map(([, { share }]) => share));
  return (
    <details class="why">
      <summary>Why is this here?</summary>
      <p class="about">{foundWords(explanation)}</p>
      <dl class="bars-list">
        {shares.map(([name, { share, about }]) => (
          <div key={name} title={about}>
            <dt>{FEATURES[name] ?? name}</dt>
            <dd>
              <meter min={0} max={most} value={Math.max(0, share)} aria-label={FEATURES[name] ?? name} />
              <span class="count">{share.toFixed(2)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function useExplanation(state: State, id: string): Explanation | undefined {
  const [found, setFound] = useState<{
    readonly id: string;
    readonly explanation: Explanation | undefined;
  }>();
  const asked = state.q.trim() !== '';
  // The search stays the same while a product is open.
  useEffect(() => {
    if (!asked) return;
    const asking = new AbortController();
    const { facets: _facets, facet_ranges: _ranges, category_tree: _tree, ...request } = requestOf(state);
    search({ ...request, group: false, per_page: PER_PAGE * 2, explain: true, fields: ['id'] }, asking.signal)
      .then(({ hits }) => setFound({ id, explanation: hits.find((hit) => hit.id === id)?.explain }))
      .catch(() => undefined);
    return () => asking.abort();
  }, [id, asked]);
  return found?.id === id ? found.explanation : undefined;
}
