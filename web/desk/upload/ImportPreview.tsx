import { useState } from 'preact/hooks';
import { counted, shownField } from '../../shared/format.js';
import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import type { Job } from '../useJob.js';
import { Check } from './Check.js';
import { Counts } from './Counts.js';
import { Changes, type Report } from './ImportResult.js';
import { Quarantine } from './Quarantine.js';
import type { Sent } from './sent.js';
import { useSendAgain } from './useSendAgain.js';

interface Props {
  readonly job: Job;
  /** The file, if this page sent it. */
  readonly sent: Sent | undefined;
  readonly onSent: (sent: Sent) => void;
}

/** What an import would do, before it is started. */
export function ImportPreview({ job, sent, onSent }: Props) {
  const report: Report = job.report ?? {};
  const { imported = 0, updated = 0, unchanged = 0, deleted = 0, quarantined = 0, stored = 0 } = report;
  const { deleting = [], losing = [], sample = [] } = report;
  const cleared = Object.entries(report.cleared ?? {});
  const over = report.stops?.clear ?? [];
  const [shrink, setShrink] = useState(false);
  const [clear, setClear] = useState(false);
  const { send, sending, problem, dismiss } = useSendAgain(onSent);
  const counts: readonly [string, number][] = [
    ['to add', imported],
    ['to change', updated],
    ['unchanged', unchanged],
    ['to delete', deleted],
    ['left out', quarantined],
  ];
  const blocked = (report.stops?.shrink === true && !shrink) || (over.length > 0 && !clear);
  const unread = Object.keys(report.unreadable ?? {}).length > 0;
  const values = cleared.reduce((sum, [, count]) => sum + count, 0);
  return (
    <>
      <Counts counts={counts} />
      <section class="panel" aria-labelledby="decide-title">
        <h2 id="decide-title">Import it?</h2>
        <p>
          {deleted === 0 && values === 0
            ? 'No product would be deleted, and no value cleared.'
            : `Of ${counted(stored, 'product')} in the shop, ${deleted.toLocaleString()} would be deleted. ${counted(values, 'value')} would be cleared.`}{' '}
          Nothing has changed yet.
        </p>
        {cleared.length > 0 && (
          <p class="about">
            Values cleared:{' '}
            {cleared.map(([field, count]) => `${shownField(field)} ${count.toLocaleString()}`).join(', ')}.
          </p>
        )}
        <div class="checks">
          {report.stops?.shrink === true && (
            <Check checked={shrink} onChange={setShrink}>
              {`Delete ${counted(deleted, 'product')}, although that is a large part of the shop`}
            </Check>
          )}
          {over.length > 0 && (
            <Check checked={clear} onChange={setClear}>
              {`Let blank cells clear ${over.map(({ field, cleared: count, filled }) => `${count.toLocaleString()} of ${filled.toLocaleString()} values of ${shownField(field)}`).join(', ')}`}
            </Check>
          )}
        </div>
        <div class="actions">
          {sent === undefined ? (
            <DeskLink class="button" to={deskPath('upload')}>
              Choose the file again to import it
            </DeskLink>
          ) : (
            <button
              type="button"
              class={`button ${deleted > 0 || values > 0 ? 'danger' : 'primary'}`}
              disabled={blocked || sending}
              onClick={() =>
                void send(sent, {
                  preview: 'false',
                  allow_shrink: String(shrink),
                  allow_clear: String(clear),
                })
              }
            >
              {sending ? 'Sending the file…' : 'Import the file'}
            </button>
          )}
        </div>
        {problem !== undefined && <Failure error={problem} onRetry={dismiss} />}
      </section>
      {deleting.length > 0 && (
        <section class="panel" aria-labelledby="deleting-title">
          <h2 id="deleting-title">Products that would be deleted</h2>
          {deleting.length < deleted && <First shown={deleting.length} all={deleted} />}
          <TableFrame label="Products that would be deleted">
            <ul class="deleting">
              {deleting.map(({ id, title }) => (
                <li key={id}>
                  {title || id} <span class="about id">{id}</span>
                </li>
              ))}
            </ul>
          </TableFrame>
        </section>
      )}
      {losing.length > 0 && (
        <Changes title="Values that would be cleared" label="Products that would lose values" rows={losing} />
      )}
      {sample.length > 0 && (
        <Changes title="Before and after" label="Products before and after" rows={sample}>
          The first products that would change.
        </Changes>
      )}
      {(quarantined > 0 || unread) && <Quarantine job={job.id} />}
    </>
  );
}

function First({ shown, all }: { readonly shown: number; readonly all: number }) {
  return (
    <p class="about">
      The first {shown.toLocaleString()} of {all.toLocaleString()}.
    </p>
  );
}
