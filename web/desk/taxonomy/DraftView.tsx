import { useEffect, useState } from 'preact/hooks';
import { ApiError, call } from '../../shared/call.js';
import { Dialog } from '../../shared/Dialog.js';
import { counted, shownField } from '../../shared/format.js';
import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { useJob } from '../useJob.js';
import type { Draft, Drafting } from './useDraft.js';

interface Props {
  readonly drafting: Drafting;
  readonly onPublished: () => void;
}

interface Report {
  readonly to?: string;
  readonly products?: number;
  readonly facts?: { readonly before: number; readonly changed: number };
  readonly lost?: readonly { readonly field: string; readonly value?: string; readonly products: number }[];
}

/** The edits that are not published: what is wrong with them, what they change, and publishing them. */
export function DraftView({ drafting, onPublished }: Props) {
  const { draft, discard } = drafting;
  const [published, setPublished] = useState<Report>();
  if (draft === undefined) return <p class="waiting">Loading…</p>;
  return (
    <>
      {published !== undefined && (
        <p class="published" role="status">
          Version {published.to} is published. Searches and filled values follow at the next reindex:{' '}
          <DeskLink to={deskPath('jobs')}>start one under Jobs</DeskLink>.
        </p>
      )}
      {draft === null ? (
        published === undefined && (
          <p class="empty">There is no draft. Edit a category, or take a new value, to start one.</p>
        )
      ) : draft.outdated ? (
        <div class="panel">
          <p>Another taxonomy governs the shop since this draft was started, so it can only be discarded.</p>
          <button type="button" class="button" onClick={() => void discard()}>
            Discard the draft
          </button>
        </div>
      ) : (
        <Open
          key={draft.revision}
          draft={draft}
          drafting={drafting}
          onPublished={(report) => {
            setPublished(report);
            drafting.reload();
            onPublished();
          }}
        />
      )}
    </>
  );
}

interface OpenProps {
  readonly draft: Draft;
  readonly drafting: Drafting;
  readonly onPublished: (report: Report) => void;
}

function Open({ draft, drafting, onPublished }: OpenProps) {
  const [version, setVersion] = useState(draft.version ?? '');
  const [jobs, setJobs] = useState<{ readonly check?: string; readonly publish?: string }>({});
  const [problem, setProblem] = useState('');
  const [discarding, setDiscarding] = useState(false);
  const check = useJob(jobs.check).job;
  const publish = useJob(jobs.publish).job;
  const errors = draft.findings.filter(({ severity }) => severity === 'error').length;
  const start = async (step: 'check' | 'publish') => {
    setProblem('');
    try {
      const { id } = await call('post', '/v1/taxonomy/jobs', {
        body: { step, version: version.trim(), revision: draft.revision },
      });
      setJobs({ ...jobs, [step]: id });
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'That did not work; try again.');
    }
  };
  useEffect(() => {
    if (publish?.state === 'done') onPublished(publish.report ?? {});
  }, [publish?.state]);
  const running = [check, publish].some((job) => job !== undefined && job.finished === null);
  const found: Report | undefined = check?.state === 'done' ? (check.report ?? {}) : undefined;
  const failed = publish?.error ?? check?.error ?? undefined;
  const many = draft.edits.length === 1 ? 'edit' : `${draft.edits.length.toLocaleString()} edits`;
  return (
    <div class="draft">
      {discarding && (
        <Dialog class="desk-dialog" labelledBy="discard-title" onClose={() => setDiscarding(false)}>
          <div>
            <h2 id="discard-title">Discard the {many} of the draft?</h2>
            <p>The draft belongs to everybody who works on the taxonomy. It cannot be brought back.</p>
            <div class="dialog-actions">
              <button type="button" class="button" onClick={() => setDiscarding(false)}>
                Keep {draft.edits.length === 1 ? 'it' : 'them'}
              </button>
              <button
                type="button"
                class="button danger"
                onClick={() => {
                  setDiscarding(false);
                  void drafting.discard();
                }}
              >
                Discard
              </button>
            </div>
          </div>
        </Dialog>
      )}
      <section class="panel" aria-labelledby="edits-title">
        <div class="panel-head">
          <h2 id="edits-title">Edits</h2>
          <span class="take">
            <button type="button" class="button small" onClick={() => void drafting.undo()}>
              Take the last one back
            </button>
            <button type="button" class="button small" onClick={() => setDiscarding(true)}>
              Discard all…
            </button>
          </span>
        </div>
        <ol class="lines">
          {draft.edits.map((edit, place) => (
            <li key={`${place} ${edit}`}>
              {edit}{' '}
              {drafting.products?.[place] !== undefined && (
                <span class="about">{counted(drafting.products[place] ?? 0, 'product')}</span>
              )}
            </li>
          ))}
        </ol>
      </section>
      {draft.findings.length > 0 && (
        <section class="panel" aria-labelledby="findings-title">
          <h2 id="findings-title">What is wrong with them</h2>
          <ul class="lines">
            {draft.findings.map(({ severity, where, message }) => (
              <li key={`${where} ${message}`} class={severity}>
                <strong>{severity === 'error' ? 'Error' : 'Warning'}</strong> {message}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="panel" aria-labelledby="difference-title">
        <h2 id="difference-title">Difference to the published version</h2>
        <ul class="lines mono">
          {draft.changes.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section class="panel" aria-labelledby="publish-title">
        <h2 id="publish-title">Publish</h2>
        <form
          class="publish"
          onSubmit={(event) => {
            event.preventDefault();
            void start(found === undefined ? 'check' : 'publish');
          }}
        >
          <label class="field">
            <span>Name of the new version</span>
            <input
              type="text"
              required
              maxLength={100}
              value={version}
              onInput={(event) => {
                setVersion(event.currentTarget.value);
                setJobs({});
              }}
            />
          </label>
          <button
            type="submit"
            class="button primary"
            disabled={running || errors > 0 || version.trim() === ''}
          >
            {found === undefined ? 'Count what changes' : `Publish version ${version.trim()}`}
          </button>
        </form>
        <div role="status">
          {running && <p class="about">Reading the products of the shop…</p>}
          {errors > 0 && <p class="about">Correct the errors first: take the edits back that caused them.</p>}
          {found !== undefined && <Counted report={found} />}
        </div>
        {(problem !== '' || failed !== undefined) && <p role="alert">{problem || failed}</p>}
      </section>
    </div>
  );
}

function Counted({ report: { products = 0, facts, lost = [] } }: { readonly report: Report }) {
  const many = (count: number, one: string, several: string) =>
    `${count.toLocaleString()} ${count === 1 ? one : several}`;
  return (
    <>
      <p>
        Publishing changes how <strong>{many(products, 'product', 'products')}</strong> are read, and{' '}
        <strong>{many(facts?.changed ?? 0, 'filled value', 'filled values')}</strong> of{' '}
        {(facts?.before ?? 0).toLocaleString()}.{' '}
        {lost.length === 0
          ? 'Every value of the merchant stays known.'
          : `${many(lost.length, 'value', 'values')} of the merchant would be unknown; they stay as they are:`}
      </p>
      {lost.length > 0 && (
        <ul class="lines">
          {lost.slice(0, 20).map(({ field, value, products }) => (
            <li key={`${field} ${value}`}>
              {shownField(field)}
              {value === undefined ? '' : `: ${value}`} in {many(products, 'product', 'products')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
