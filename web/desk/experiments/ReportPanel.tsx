import { call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { useAnswer } from '../useAnswer.js';
import { IntervalChart } from './IntervalChart.js';
import {
  isMetric,
  METRICS,
  type Metric,
  OUTCOMES,
  type Report,
  SEGMENTS,
  shownDifference,
  shownValue,
} from './words.js';

interface Props {
  readonly name: string;
  readonly isRunning: boolean;
  readonly onStop: () => void;
  /** Called when a winner was asked for. */
  readonly onAdopt: () => void;
}

/** How an experiment goes: the verdict, what to do next, and the figures. */
export function ReportPanel({ name, isRunning, onStop, onAdopt }: Props) {
  const { answer, error, loading, reload } = useAnswer(`report ${name}`, (signal) =>
    call('get', '/v1/experiments/{name}/report', { path: { name }, signal }),
  );
  return (
    <section class="panel experiment-report" aria-labelledby="report-title">
      <div class="report-head">
        <h2 id="report-title">
          {name}{' '}
          {answer !== undefined && <span class={`badge ${answer.outcome}`}>{OUTCOMES[answer.outcome]}</span>}
        </h2>
        <div class="report-actions">
          <button type="button" class="button" disabled={loading} onClick={reload}>
            Count again
          </button>
          {answer?.outcome === 'better' && (
            <button type="button" class="button primary" onClick={onAdopt}>
              Adopt the winner…
            </button>
          )}
          {isRunning && (
            <button type="button" class="button" onClick={onStop}>
              Stop…
            </button>
          )}
        </div>
      </div>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer !== undefined && <Figures report={answer} />}
    </section>
  );
}

function Figures({ report }: { readonly report: Report }) {
  const { variants, target, verdict, next_step, curve, preference } = report;
  const isMixed = preference !== null;
  const points = curve.map(({ at, estimates }) => {
    const { value = null, low = null, high = null } = estimates[0] ?? {};
    return { at: Date.parse(at) / 1000, value, low, high };
  });
  const known = points.filter(({ low }) => low !== null);
  const [first, second] = variants.map(({ name }) => name);
  return (
    <>
      <p class="verdict">{verdict}</p>
      <p>{next_step}</p>
      {known.length > 1 && (
        <figure class="interval-figure">
          <figcaption>
            <strong>{isMixed ? 'Preference of shoppers' : METRICS[target].title}</strong>
            {isMixed
              ? ': 1 if all prefer the second variant, -1 if all prefer the first.'
              : `: ${second} less ${first}, with the interval that holds at all times.`}
          </figcaption>
          <IntervalChart
            points={known}
            shown={(value) => (isMixed ? value.toLocaleString() : shownDifference(target, value))}
          />
        </figure>
      )}
      <TableFrame label="Figures of the variants">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <VariantHeads variants={variants} />
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Shoppers</th>
              {variants.map(({ name, clients }) => (
                <td key={name} class="number">
                  {clients.toLocaleString()}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">Searches</th>
              {variants.map(({ name, searches }) => (
                <td key={name} class="number">
                  {searches.toLocaleString()}
                </td>
              ))}
            </tr>
            {Object.keys(METRICS)
              .filter(isMetric)
              .map((metric) => (
                <MetricRow key={metric} metric={metric} isTarget={metric === target} report={report} />
              ))}
          </tbody>
        </table>
      </TableFrame>
      <Segments report={report} />
      <Before report={report} />
    </>
  );
}

/** A column for each variant. */
function VariantHeads({ variants }: { readonly variants: readonly { readonly name: string }[] }) {
  return variants.map(({ name }) => (
    <th key={name} scope="col" class="number">
      {name}
    </th>
  ));
}

function Segments({ report: { segments, target, preference } }: { readonly report: Report }) {
  const [first] = segments;
  if (first === undefined) return null;
  return (
    <>
      <h3>{METRICS[target].title}, by segment</h3>
      <p class="about">All intervals of this table hold together.</p>
      <TableFrame label="Segments">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Segment</th>
              <VariantHeads variants={first.variants} />
            </tr>
          </thead>
          <tbody>
            {segments.map(({ kind, name, variants }) => (
              <tr key={`${kind} ${name}`}>
                <th scope="row">
                  {SEGMENTS[kind]}: {name}
                </th>
                {variants.map(({ name: variant, clients, value, difference }) => (
                  <td key={variant} class="number">
                    {shownValue(target, value)}
                    <span class="about">
                      {clients.toLocaleString()} shoppers
                      {difference !== null &&
                        difference.low !== null &&
                        (preference === null
                          ? `, ${shownDifference(target, difference.value)} (${shownDifference(target, difference.low)} to ${shownDifference(target, difference.high)})`
                          : `, preference ${difference.value?.toFixed(2)} (${difference.low.toFixed(2)} to ${difference.high?.toFixed(2)})`)}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}

function Before({ report: { baseline, target } }: { readonly report: Report }) {
  if (baseline === null) return null;
  return (
    <p>
      Before, since {new Date(baseline.from).toLocaleDateString()}: {METRICS[target].title.toLowerCase()}{' '}
      {shownValue(target, baseline.metrics[target])}, of {baseline.clients.toLocaleString()} shoppers with{' '}
      {baseline.searches.toLocaleString()} searches.
    </p>
  );
}

function MetricRow({
  metric,
  isTarget,
  report: { variants },
}: {
  readonly metric: Metric;
  readonly isTarget: boolean;
  readonly report: Report;
}) {
  return (
    <tr>
      <th scope="row">
        {METRICS[metric].title} {isTarget && <span class="badge">decides</span>}
      </th>
      {variants.map(({ name, metrics, differences }) => {
        const difference = differences?.[metric];
        return (
          <td key={name} class="number">
            {shownValue(metric, metrics[metric])}
            {difference !== undefined && difference.low !== null && (
              <span class="about">
                {shownDifference(metric, difference.value)} ({shownDifference(metric, difference.low)} to{' '}
                {shownDifference(metric, difference.high)})
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
