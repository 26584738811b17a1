import type { ComponentChildren } from 'preact';
import { call } from '../../shared/call.js';
import { counted } from '../../shared/format.js';
import { deskPath, useDeskAddress } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { SECTIONS } from '../sections.js';
import { useAnswer } from '../useAnswer.js';
import { CategoryBars } from './CategoryBars.js';
import { CompletenessChart } from './CompletenessChart.js';
import { Generations } from './Generations.js';
import './overview.css';
import { QualityPanel } from './QualityPanel.js';
import { Queries } from './Queries.js';
import { Starts } from './Starts.js';
import { type Completeness, percent } from './words.js';

/** How complete the catalog is, what to do next, and whether anything got worse. */
export function OverviewPage() {
  const { parameters } = useDeskAddress();
  const under = parameters.get('under') ?? undefined;
  const { answer, error, loading, reload } = useAnswer(`completeness ${under ?? ''}`, (signal) =>
    call('get', '/v1/completeness', { ...(under !== undefined && { query: { under } }), signal }),
  );
  return (
    <div class="overview">
      <div class="section-head">
        <h1>Overview</h1>
      </div>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer === undefined && loading && <p class="waiting">Counting the catalog…</p>}
      {answer !== undefined && answer.products === 0 && (
        <div class="panel">
          <h2>The shop has no products yet</h2>
          <p class="about">
            <SectionLink name="upload">Import a file</SectionLink>, then reindex. From then on this page shows
            what is missing and where to start.
          </p>
        </div>
      )}
      {answer !== undefined && answer.products > 0 && (
        <>
          <Tiles answer={answer} />
          <CategoryBars answer={answer} />
          <CompletenessChart history={answer.history} />
          <Starts answer={answer} />
        </>
      )}
      <QualityPanel />
      <Queries />
      <Generations />
    </div>
  );
}

function Tiles({ answer: { before, after, expected, proposals } }: { readonly answer: Completeness }) {
  const open = useAnswer('open suggestions', (signal) =>
    call('get', '/v1/suggestions', { query: { per_page: 1 }, signal }),
  ).answer;
  return (
    <dl class="tiles">
      <div class="panel">
        <dt>Complete</dt>
        <dd>{percent(after)}</dd>
        <dd class="about">
          {percent(before)} before enrichment, about {percent(expected)} once everything suggested is decided
        </dd>
      </div>
      <div class="panel">
        <dt>Suggestions to review</dt>
        <dd>{open?.suggestions.toLocaleString() ?? '…'}</dd>
        <dd class="about">
          {open !== undefined && open.total > 0 ? (
            <DeskLink to={deskPath('review')}>in {counted(open.total, 'group')}: start</DeskLink>
          ) : (
            open !== undefined && 'nothing waits'
          )}
        </dd>
      </div>
      <div class="panel">
        <dt>Proposals for the taxonomy</dt>
        <dd>{proposals.toLocaleString()}</dd>
        <dd class="about">
          <SectionLink name="taxonomy">frequent values that its lists do not have</SectionLink>
        </dd>
      </div>
    </dl>
  );
}

/** A link to another section of the desk, where there is one of this name. */
function SectionLink({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  if (!SECTIONS.some((section) => section.name === name)) return <>{children}</>;
  return <DeskLink to={deskPath(name)}>{children}</DeskLink>;
}
