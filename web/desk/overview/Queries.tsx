import { call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { useAnswer } from '../useAnswer.js';
import { percent } from './words.js';

const SHOWN = 15;

/** What shoppers searched for and did not find. */
export function Queries() {
  const { answer, error, reload } = useAnswer('queries', (signal) =>
    call('get', '/v1/queries', { query: { found: 'none', limit: SHOWN }, signal }),
  );
  return (
    <section class="panel" aria-labelledby="queries-title">
      <h2 id="queries-title">Searches without results</h2>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer !== undefined && (
        <p class={answer.searches > 0 ? undefined : 'about'}>
          {answer.searches > 0 &&
            `${answer.empty.toLocaleString()} of ${answer.searches.toLocaleString()} searches found nothing (${percent(answer.empty / answer.searches)}).`}
          {answer.searches === 0 && answer.recorded && 'Nobody has searched yet.'}
          {!answer.recorded && ' Searches are not recorded: the setting queries.retention_days is 0.'}
        </p>
      )}
      {answer !== undefined && answer.queries.length > 0 && (
        <TableFrame labelledBy="queries-title">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Query</th>
                <th scope="col" class="number">
                  Searches
                </th>
                <th scope="col" class="number">
                  Last day
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.queries.map(({ query, searches, last_day }) => (
                <tr key={query}>
                  <th scope="row">
                    <a href={`/?${new URLSearchParams({ q: query })}`}>{query}</a>
                  </th>
                  <td class="number">{searches.toLocaleString()}</td>
                  <td class="number">{last_day}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </section>
  );
}
