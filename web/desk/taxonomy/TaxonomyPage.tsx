import { useEffect } from 'preact/hooks';
import { call } from '../../shared/call.js';
import { deskPath, useDeskAddress } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import { CategoriesView } from './CategoriesView.js';
import { DraftView } from './DraftView.js';
import { HistoryView } from './HistoryView.js';
import { ProposalsView } from './ProposalsView.js';
import { useDraft } from './useDraft.js';
import './taxonomy.css';

/** The categories, attributes and values of the shop, and edits of them. */
export function TaxonomyPage() {
  const { parameters } = useDeskAddress();
  const drafting = useDraft();
  const { draft } = drafting;
  const tree = useAnswer('taxonomy', (signal) => call('get', '/v1/taxonomy', { signal }));
  // What was there stays while it is read again.
  useEffect(() => {
    if (draft !== undefined) tree.reload();
  }, [draft?.revision]);
  const error = tree.error ?? drafting.error;
  if (error !== undefined)
    return (
      <Failure
        error={error}
        onRetry={() => {
          tree.reload();
          drafting.reload();
        }}
      />
    );
  const view = parameters.get('view') ?? 'categories';
  const edits = draft?.edits.length ?? 0;
  const views: readonly [string, string][] = [
    ['categories', 'Categories'],
    ['proposals', 'New values'],
    ['draft', edits === 0 ? 'Draft' : `Draft (${edits.toLocaleString()})`],
    ['history', 'Published'],
  ];
  return (
    <>
      <div class="section-head">
        <h1>Taxonomy</h1>
        {tree.answer?.version != null && (
          <p class="about">
            Version {tree.answer.version}
            {edits > 0 && ', with the edits of the draft'}
          </p>
        )}
      </div>
      <nav class="views" aria-label="Parts of the taxonomy">
        {views.map(([name, title]) => (
          <DeskLink key={name} to={deskPath('taxonomy', { view: name })} current={name === view}>
            {title}
          </DeskLink>
        ))}
      </nav>
      <Said drafting={drafting} />
      {tree.answer === undefined ? (
        <p class="waiting">Counting products…</p>
      ) : tree.answer.version === null ? (
        <p class="empty">
          No taxonomy governs the shop yet. It is drafted from the filled products at the first import; upload
          a file, then start a reindex under Jobs.
        </p>
      ) : view === 'proposals' ? (
        <ProposalsView drafting={drafting} />
      ) : view === 'draft' ? (
        <DraftView drafting={drafting} onPublished={tree.reload} />
      ) : view === 'history' ? (
        <HistoryView migrations={tree.answer.migrations} onUndone={tree.reload} />
      ) : (
        <CategoriesView categories={tree.answer.categories} drafting={drafting} />
      )}
    </>
  );
}

/** What the last edit did, and a way back. */
function Said({ drafting }: { readonly drafting: ReturnType<typeof useDraft> }) {
  const { said, canUndo, undo, draft } = drafting;
  return (
    <div class="said-bar" hidden={said === ''}>
      <p role="status">{said}</p>
      {canUndo && draft != null && draft.edits.length > 0 && (
        <button type="button" class="button small" onClick={() => void undo()}>
          Undo
        </button>
      )}
    </div>
  );
}
