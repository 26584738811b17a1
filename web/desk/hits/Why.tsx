import type { Explanation } from '../../shared/api.js';
import { FEATURES, foundWords } from '../../shared/features.js';
import { shownField, shownValue } from '../../shared/format.js';

const MIN_SHARE = 0.005;

/** Why a product is a hit: its score as bars, and the rules and filled values that had a part. */
export function Why({ name, explanation }: { readonly name: string; readonly explanation: Explanation }) {
  const shares = Object.entries(explanation.features)
    .filter(([, { share }]) => Math.abs(share) >= MIN_SHARE)
    .sort(([, a], [, b]) => b.share - a.share);
  const byRules = Object.entries(explanation.shares).filter(([share]) => share.startsWith('rule:'));
  const most = Math.max(0, ...shares.map(([, { share }]) => share));
  return (
    <details class="why-hit">
      <summary aria-label={`Why is ${name} here?`}>Why?</summary>
      <p class="about">{foundWords(explanation)}</p>
      <dl>
        {shares.map(([feature, { share, about }]) => (
          <div key={feature} title={about}>
            <dt>{FEATURES[feature] ?? feature}</dt>
            <dd>
              <meter
                min={0}
                max={most}
                value={Math.max(0, share)}
                aria-label={FEATURES[feature] ?? feature}
              />
              <span>{share.toFixed(2)}</span>
            </dd>
          </div>
        ))}
        {byRules.map(([rule, share]) => (
          <div key={rule}>
            <dt>Rule {rule.slice('rule:'.length)}</dt>
            <dd>
              <span />
              <span>{share.toFixed(2)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {explanation.rules !== undefined && <p class="about">Rules: {explanation.rules.join(', ')}.</p>}
      {explanation.facts.length > 0 && (
        <p class="about">
          Filled values that had a part:{' '}
          {explanation.facts
            .map(({ field, value }) => `${shownField(field)} ${shownValue(value)}`)
            .join(', ')}
          .
        </p>
      )}
    </details>
  );
}
