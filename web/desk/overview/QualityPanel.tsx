import { useState } from 'preact/hooks';
import { call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { useAnswer } from '../useAnswer.js';
import { TimeChart } from './TimeChart.js';
import { type Measure, measured, measureTitle, type Quality } from './words.js';

/** The measured quality, now and over time. */
export function QualityPanel() {
  const { answer, error, reload } = useAnswer('quality', (signal) => call('get', '/v1/quality', { signal }));
  return (
    <section class="panel" aria-labelledby="quality-title">
      <h2 id="quality-title">Quality over time</h2>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer?.problem != null && <p class="alert-words">{answer.problem}</p>}
      {answer !== undefined && answer.at === null && (
        <p class="about">
          Not measured yet. Where monitoring is on, the service measures a minute after it starts, and then
          regularly.
        </p>
      )}
      {answer !== undefined && answer.at !== null && <Measured quality={answer} at={answer.at} />}
    </section>
  );
}

function Measured({ quality, at }: { readonly quality: Quality; readonly at: string }) {
  const { measures, alerts, history } = quality;
  const isKnown = (name: string) => history.some(({ values }) => values[name] !== undefined);
  const [chosen, setChosen] = useState(
    alerts[0]?.name ?? measures.find(({ name }) => isKnown(name))?.name ?? 'drift',
  );
  const shown = measures.find(({ name }) => name === chosen) ?? measures[0];
  const raised = new Set(alerts.map(({ name }) => name));
  return (
    <>
      <p class="about">
        Measured {new Date(at).toLocaleString()}. Lower is better in all of them.{' '}
        {alerts.length === 0 ? 'Nothing is over its limit.' : ''}
      </p>
      {alerts.map(({ name, since, value, threshold }) => (
        <p key={name} class="alert-words">
          {measureTitle(name)} is over its limit of {measured(name, threshold)} since{' '}
          {new Date(since).toLocaleDateString()}: it was {measured(name, value)}.
        </p>
      ))}
      {shown !== undefined && <Chart measure={shown} history={history} />}
      <TableFrame labelledBy="quality-title">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col" class="number">
                Now
              </th>
              <th scope="col" class="number">
                Limit
              </th>
              <th scope="col">What it means</th>
            </tr>
          </thead>
          <tbody>
            {measures.map(({ name, value, threshold, sentence }) => (
              <tr key={name} class={raised.has(name) ? 'raised' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    class="quiet"
                    aria-pressed={name === shown?.name}
                    onClick={() => setChosen(name)}
                  >
                    {measureTitle(name)}
                  </button>
                </th>
                <td class="number">{value === null ? 'not known' : measured(name, value)}</td>
                <td class="number">{threshold === null ? 'none' : measured(name, threshold)}</td>
                <td>{sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}

function Chart({ measure, history }: { readonly measure: Measure; readonly history: Quality['history'] }) {
  const { name, threshold } = measure;
  const points = history.flatMap(({ at, values }) => {
    const value = values[name];
    return value === undefined ? [] : [{ at: Date.parse(at) / 1000, value }];
  });
  const title = measureTitle(name);
  const [first] = points;
  const last = points.at(-1);
  return (
    <figure class="time-figure">
      <figcaption>
        <strong>{title}</strong>{' '}
        {first === undefined || last === undefined
          ? 'is not known for any time yet.'
          : points.length === 1
            ? `was ${measured(name, first.value)} at the only measurement so far.`
            : `went from ${measured(name, first.value)} on ${day(first.at)} to ${measured(name, last.value)} on ${day(last.at)}; the highest was ${measured(name, Math.max(...points.map(({ value }) => value)))}.`}
        {threshold !== null && points.length > 0 && ` Its limit is ${measured(name, threshold)}.`}
      </figcaption>
      {points.length > 1 && (
        <TimeChart points={points} limit={threshold} shown={(value) => measured(name, value)} />
      )}
    </figure>
  );
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toLocaleDateString();
}
