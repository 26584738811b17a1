import { shownField } from '../../shared/format.js';
import { type Cluster, type Decision, membersOf } from './spellings.js';

interface Props {
  readonly cluster: Cluster;
  readonly chosen: boolean;
  readonly decision: Decision;
  readonly onChoose: (chosen: boolean) => void;
  readonly onDecide: (decision: Decision) => void;
}

/** One group of values, and the spelling that they become. */
export function ClusterRow({ cluster, chosen, decision, onChoose, onDecide }: Props) {
  const field = shownField(cluster.field);
  const { to, left } = decision;
  return (
    <li class="cluster" data-chosen={chosen ? '' : undefined}>
      <input
        type="checkbox"
        aria-label={`Change ${field}: ${cluster.value}`}
        checked={chosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <span class="cluster-field">{field}</span>
      <ul class="members" aria-label={`Values of ${field} like ${cluster.value}`}>
        {membersOf(cluster).map(({ text, count }) => (
          <li key={text}>
            <label class="member" data-same={text === to.trim() ? '' : undefined}>
              <input
                type="checkbox"
                checked={!left.includes(text)}
                disabled={text === to.trim()}
                onChange={(event) =>
                  onDecide({
                    to,
                    left: event.currentTarget.checked ? left.filter((one) => one !== text) : [...left, text],
                  })
                }
              />
              <span class="member-text">{shownSpaces(text)}</span>
              <span class="count">{count.toLocaleString()}</span>
            </label>
          </li>
        ))}
      </ul>
      <label class="becomes">
        <span class="arrow" aria-hidden="true">
          →
        </span>
        <span class="hidden">What they become</span>
        <input
          type="text"
          value={to}
          maxLength={1000}
          onInput={(event) => onDecide({ to: event.currentTarget.value, left })}
        />
      </label>
    </li>
  );
}

/** Spaces at the ends, which are the difference between some values, as signs. */
function shownSpaces(text: string): string {
  return text.replace(/^\s+|\s+$|\s{2,}/g, (spaces) => '␣'.repeat(spaces.length));
}
