import type { Hit } from '../../shared/api.js';
import type { Answer } from '../../shared/call.js';
import { HitList, type Mark, nameOfHit } from '../hits/HitList.js';
import { Why } from '../hits/Why.js';
import { type Configuration, configurationInWords } from './configuration.js';

type Side = Answer<'/v1/lab/compare', 'post'>['first'];

interface Props {
  readonly answer: { readonly first: Side; readonly second: Side };
  readonly first: Configuration;
  readonly second: Configuration;
}

/** Both pages side by side, with what differs marked and why each hit is there. */
export function Compared({ answer, first, second }: Props) {
  const before = placesOf(answer.first.hits);
  const after = placesOf(answer.second.hits);
  const moved = [...after].filter(([id, place]) => before.has(id) && before.get(id) !== place).length;
  const added = [...after.keys()].filter((id) => !before.has(id)).length;
  const gone = [...before.keys()].filter((id) => !after.has(id)).length;
  return (
    <section aria-label="Results of both">
      <p role="status" class="about">
        {answer.first.total.toLocaleString()} found by the first, {answer.second.total.toLocaleString()} by
        the second.{' '}
        {moved + added + gone === 0
          ? 'The first page is the same.'
          : `On the first page of the second: ${added} new, ${moved} moved, ${gone} gone.`}
      </p>
      <div class="sides">
        <HitList
          title={`First: ${configurationInWords(first)}`}
          hits={answer.first.hits}
          markOf={({ id }) => (after.has(id) ? undefined : { text: 'Only here', kind: 'other' })}
        >
          {why}
        </HitList>
        <HitList
          title={`Second: ${configurationInWords(second)}`}
          hits={answer.second.hits}
          markOf={({ id }, place) => markOf(before.get(id), place)}
        >
          {why}
        </HitList>
      </div>
      {[answer.first, answer.second].some(({ understood }) => hasUnderstood(understood)) && (
        <div class="understood">
          <p class="about">First: {understoodInWords(answer.first.understood)}</p>
          <p class="about">Second: {understoodInWords(answer.second.understood)}</p>
        </div>
      )}
    </section>
  );
}

function why(hit: Hit) {
  return hit.explain === undefined ? null : <Why name={nameOfHit(hit)} explanation={hit.explain} />;
}

function markOf(before: number | undefined, place: number): Mark | undefined {
  if (before === undefined) return { text: 'Only here', kind: 'in' };
  if (before === place) return undefined;
  return before > place
    ? { text: `Up from ${before}`, kind: 'up' }
    : { text: `Down from ${before}`, kind: 'down' };
}

/** Places by id, from 1. */
function placesOf(hits: readonly Hit[]): Map<string, number> {
  return new Map(hits.map(({ id }, place) => [id, place + 1]));
}

function hasUnderstood({ filters, corrections, synonyms }: Side['understood']): boolean {
  return filters.length + corrections.length + synonyms.length > 0;
}

function understoodInWords({ filters, corrections, synonyms, relaxed }: Side['understood']): string {
  const parts = [
    ...(filters.length > 0 ? [`filtered by ${filters.join(', ')}`] : []),
    ...(corrections.length > 0 ? [`corrected ${corrections.join(', ')}`] : []),
    ...(synonyms.length > 0 ? [`synonyms ${synonyms.join(', ')}`] : []),
    ...relaxed,
  ];
  return parts.length === 0 ? 'searched as typed.' : `${parts.join('; ')}.`;
}
