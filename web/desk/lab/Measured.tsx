import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../../shared/call.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { shownError } from '../useAnswer.js';
import { type Configuration, configurationInWords, writeConfiguration } from './configuration.js';
import type { Judgments } from './judgments.js';
import { type Figures, gainOf, type MeasuredQuery, measure, summaryOf } from './measure.js';

const MAX_LISTED = 50;
const FEW = 25;

interface Props {
  readonly judgments: Judgments;
  readonly first: Configuration;
  readonly second: Configuration;
  /** The address that compares both sides for a query. */
  readonly pathOf: (query: string) => string;
}

interface Result {
  readonly of: string;
  readonly queries: readonly MeasuredQuery[];
}

/** Measures of both configurations over all judged queries. */
export function Measured({ judgments, first, second, pathOf }: Props) {
  const [result, setResult] = useState<Result>();
  const [done, setDone] = useState<number>();
  const [problem, setProblem] = useState<ApiError>();
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const of = `${writeConfiguration(first)} | ${writeConfiguration(second)}`;
  const start = () => {
    running.current?.abort();
    const asking = new AbortController();
    running.current = asking;
    setDone(0);
    setProblem(undefined);
    measure(judgments, [first, second], asking.signal, setDone)
      .then((queries) => setResult({ of, queries }))
      .catch((reason: unknown) => !asking.signal.aborted && setProblem(shownError(reason)))
      .finally(() => !asking.signal.aborted && setDone(undefined));
  };
  return (
    <section class="measured" aria-labelledby="measured">
      <div class="judging-head">
        <h2 id="measured">Measure both on your judgments</h2>
        <button
          type="button"
          class="button primary"
          disabled={judgments.size === 0 || done !== undefined}
          onClick={start}
        >
          Measure {judgments.size.toLocaleString()} {judgments.size === 1 ? 'search' : 'searches'}
        </button>
      </div>
      <p role="status" class="about">
        {done !== undefined &&
          `${done.toLocaleString()} of ${judgments.size.toLocaleString()} searches are measured…`}
        {done === undefined &&
          judgments.size === 0 &&
          'Judge some results first, or open a file of judgments.'}
        {done === undefined && result !== undefined && 'Measured.'}
        {result !== undefined && result.of !== of && ' The configurations have changed since: measure again.'}
      </p>
      {done !== undefined && <progress aria-label="Searches measured" max={judgments.size} value={done} />}
      {problem !== undefined && <Failure error={problem} onRetry={start} />}
      {result !== undefined && (
        <Tables result={result} names={[first, second].map(configurationInWords)} pathOf={pathOf} />
      )}
    </section>
  );
}

const MEASURES: readonly (readonly [keyof Figures, string, string])[] = [
  ['ndcg_at_10', 'NDCG@10', 'How near the first ten results are to the best order; 1 is the best.'],
  ['mrr', 'MRR', 'How far up the first relevant result is; 1 is first.'],
  ['recall_at_100', 'Recall@100', 'Share of the relevant products among the first hundred.'],
  ['zero_hits', 'Without results', 'Share of the searches that find nothing.'],
];

interface TablesProps {
  readonly result: Result;
  readonly names: readonly string[];
  readonly pathOf: (query: string) => string;
}

function Tables({ result: { queries }, names, pathOf }: TablesProps) {
  const summary = summaryOf(queries);
  const changed = queries
    .filter((query) => query.relevant && Math.abs(gainOf(query)) > 1e-9)
    .sort((a, b) => Math.abs(gainOf(b)) - Math.abs(gainOf(a)));
  return (
    <>
      <p>
        {summary.judged.toLocaleString()} of {summary.queries.toLocaleString()}{' '}
        {summary.queries === 1 ? 'search has' : 'searches have'} a relevant product. The second is better for{' '}
        {summary.wins.toLocaleString()}, worse for {summary.losses.toLocaleString()}, and the same for{' '}
        {summary.ties.toLocaleString()}.
        {summary.judged < FEW && ` With fewer than ${FEW}, a small difference may be chance.`}
      </p>
      <TableFrame label="Measures">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col" class="number">
                First: {names[0]}
              </th>
              <th scope="col" class="number">
                Second: {names[1]}
              </th>
              <th scope="col" class="number">
                Difference
              </th>
            </tr>
          </thead>
          <tbody>
            {MEASURES.map(([name, title, about]) => (
              <tr key={name}>
                <th scope="row">
                  {title}
                  <span class="about">{about}</span>
                </th>
                <td class="number">{shown(name, summary.first[name])}</td>
                <td class="number">{shown(name, summary.second[name])}</td>
                <td class="number">{signed(name, summary.second[name] - summary.first[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {changed.length > 0 && (
        <>
          <h3>Searches that differ</h3>
          <TableFrame label="Searches that differ">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">Search</th>
                  <th scope="col">Second is</th>
                  <th scope="col" class="number">
                    First
                  </th>
                  <th scope="col" class="number">
                    Second
                  </th>
                  <th scope="col" class="number">
                    NDCG@10
                  </th>
                </tr>
              </thead>
              <tbody>
                {changed.slice(0, MAX_LISTED).map((query) => (
                  <tr key={query.query}>
                    <th scope="row">
                      <DeskLink to={pathOf(query.query)}>{query.query}</DeskLink>
                    </th>
                    <td>
                      <span class={gainOf(query) > 0 ? 'gain' : 'loss'}>
                        {gainOf(query) > 0 ? 'better' : 'worse'}
                      </span>
                    </td>
                    <td class="number">{query.first.ndcg_at_10.toFixed(3)}</td>
                    <td class="number">{query.second.ndcg_at_10.toFixed(3)}</td>
                    <td class="number">{signed('ndcg_at_10', gainOf(query))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
          {changed.length > MAX_LISTED && (
            <p class="about">And {(changed.length - MAX_LISTED).toLocaleString()} that differ less.</p>
          )}
        </>
      )}
    </>
  );
}

function shown(name: keyof Figures, value: number): string {
  return name === 'zero_hits' ? `${(100 * value).toFixed(1)}%` : value.toFixed(4);
}

function signed(name: keyof Figures, value: number): string {
  return `${value > 0 ? '+' : ''}${shown(name, value)}`;
}
