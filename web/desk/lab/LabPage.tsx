import { useEffect, useRef, useState } from 'preact/hooks';
import type { Hit } from '../../shared/api.js';
import { type Answer, call } from '../../shared/call.js';
import { deskPath, goTo, useDeskAddress } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import { useDebounced } from '../useDebounced.js';
import { Compared } from './Compared.js';
import { ConfigurationForm } from './ConfigurationForm.js';
import { readConfiguration, variantOf, writeConfiguration } from './configuration.js';
import { JudgeList } from './JudgeList.js';
import { JudgmentsFile } from './JudgmentsFile.js';
import { judge } from './judgments.js';
import './lab.css';
import { Measured } from './Measured.js';
import { useJudgments } from './useJudgments.js';

const VIEWS = [
  ['compare', 'Compare'],
  ['judge', 'Judge'],
  ['measure', 'Measure'],
] as const;
const PER_PAGE = 10;
const WAIT_MS = 250;
/** The second side at first: what the meaning of queries adds is the usual question. */
const WORDS_ONLY = '-meaning';

/** Two configurations of the search side by side: compared for a query, judged, and measured. */
export function LabPage() {
  const { parameters } = useDeskAddress();
  const view = parameters.get('view') ?? 'compare';
  const query = parameters.get('q') ?? '';
  const [firstText, secondText] = [parameters.get('first') ?? '', parameters.get('second') ?? WORDS_ONLY];
  const [first, second] = [readConfiguration(firstText), readConfiguration(secondText)];
  const [judgments, setJudgments] = useJudgments();
  const [typed, setTyped] = useState(query);
  useEffect(() => setTyped(query), [query]);
  const generations =
    useAnswer('generations', (signal) => call('get', '/v1/generations', { signal })).answer?.generations ??
    [];
  const box = useRef<HTMLInputElement>(null);
  const settled = useDebounced(`${query}\n${firstText}\n${secondText}`, WAIT_MS);
  const { answer, error, reload } = useAnswer(`lab ${settled}`, async (signal) => {
    const [asked = '', one = '', other = ''] = settled.split('\n');
    if (asked === '') return undefined;
    return call('post', '/v1/lab/compare', {
      body: {
        search: { q: asked, per_page: PER_PAGE, explain: true },
        first: variantOf(readConfiguration(one)),
        second: variantOf(readConfiguration(other)),
      },
      signal,
    });
  });
  const path = (changes: Readonly<Record<string, string>>) =>
    deskPath('lab', { ...Object.fromEntries(parameters), ...changes });
  const [last, setLast] = useState<Answer<'/v1/lab/compare', 'post'>>();
  useEffect(() => {
    if (answer !== undefined) setLast(answer);
  }, [answer]);
  const shown = query === '' ? undefined : (answer ?? (last?.first.query === query ? last : undefined));
  return (
    <div class="lab">
      <div class="section-head">
        <div>
          <h1>Search lab</h1>
          <p class="about">Compare two ways to search. Nothing here changes what shoppers see.</p>
        </div>
      </div>
      <form
        class="lab-query"
        onSubmit={(event) => {
          event.preventDefault();
          goTo(path({ q: typed.trim() }));
        }}
      >
        <label class="field">
          <span>Search for</span>
          <input
            ref={box}
            type="search"
            autocomplete="off"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button primary">
          Search
        </button>
      </form>
      <div class="configurations">
        <ConfigurationForm
          title="First"
          configuration={first}
          defaults={weightsIn(last?.first.hits)}
          generations={generations}
          onChange={(changed) => goTo(path({ first: writeConfiguration(changed) }), { replace: true })}
        />
        <ConfigurationForm
          title="Second"
          configuration={second}
          defaults={weightsIn(last?.first.hits)}
          generations={generations}
          onChange={(changed) => goTo(path({ second: writeConfiguration(changed) }), { replace: true })}
        />
      </div>
      <nav class="views" aria-label="Views of the lab">
        {VIEWS.map(([name, title]) => (
          <DeskLink key={name} to={path({ view: name })} current={view === name}>
            {title}
          </DeskLink>
        ))}
      </nav>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {view !== 'measure' && query === '' && <p class="about">Search for something to begin.</p>}
      {view !== 'measure' && query !== '' && shown === undefined && error === undefined && (
        <p class="waiting">Searching…</p>
      )}
      {view === 'compare' && shown !== undefined && <Compared answer={shown} first={first} second={second} />}
      {view === 'judge' && shown !== undefined && (
        <JudgeList
          query={query}
          hits={pooled(shown.first.hits, shown.second.hits)}
          judgments={judgments}
          onJudge={(id, grade) => setJudgments(judge(judgments, query, id, grade))}
          onNext={() => box.current?.select()}
        />
      )}
      {view === 'measure' && (
        <Measured
          judgments={judgments}
          first={first}
          second={second}
          pathOf={(asked) => path({ view: 'compare', q: asked })}
        />
      )}
      {view !== 'compare' && <JudgmentsFile judgments={judgments} onJudgments={setJudgments} />}
    </div>
  );
}

/** The hits of both, in turn, each once: the order should not say which side found it. */
function pooled(first: readonly Hit[], second: readonly Hit[]): Hit[] {
  const pool = new Map<string, Hit>();
  for (let place = 0; place < Math.max(first.length, second.length); place++)
    for (const hit of [first[place], second[place]])
      if (hit !== undefined && !pool.has(hit.id)) pool.set(hit.id, hit);
  return [...pool.values()];
}

/** The weights in use by feature, from the explanation of a hit. */
function weightsIn(hits: readonly Hit[] | undefined): Record<string, number> {
  const features = hits?.[0]?.explain?.features ?? {};
  return Object.fromEntries(Object.entries(features).map(([name, { weight }]) => [name, weight]));
}
