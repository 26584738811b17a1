import { useState } from 'preact/hooks';
import { categoryLevels, counted, shownField } from '../../shared/format.js';
import { remember, remembered } from '../../shared/remembered.js';
import { deskPath, goTo, useDeskAddress } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { CorrectDialog } from './CorrectDialog.js';
import { Decisions } from './Decisions.js';
import { GroupDetail } from './GroupDetail.js';
import { GroupList } from './GroupList.js';
import { KeysDialog } from './KeysDialog.js';
import type { ReviewQueue } from './queue.js';
import './review.css';
import { useQueue } from './useQueue.js';
import { useReviewKeys } from './useReviewKeys.js';

const NAME = 'reviewer';
const NO_NAME = 'desk';

/** Suggestions that wait for a person, in groups, decided by keyboard. */
export function ReviewPage() {
  const { parameters } = useDeskAddress();
  const field = parameters.get('field') ?? undefined;
  const category = parameters.get('category') ?? undefined;
  const [name, setName] = useState(remembered(NAME) ?? '');
  const [dialog, setDialog] = useState<'correct' | 'keys'>();
  const queue = useQueue(
    { ...(field && { field }), ...(category && { category }) },
    () => name.trim() || NO_NAME,
  );
  const correct = () => setDialog('correct');
  const keys = () => setDialog('keys');
  useReviewKeys(queue, { correct, keys });
  const group = queue?.group;
  return (
    <>
      <div class="section-head">
        <h1>Review</h1>
        {queue?.loaded === true && <Left queue={queue} />}
        <label class="field review-name">
          <span>Your name, for the log</span>
          <input
            value={name}
            maxLength={200}
            placeholder={NO_NAME}
            autocomplete="name"
            onInput={({ currentTarget }) => {
              setName(currentTarget.value);
              remember(NAME, currentTarget.value.trim() || undefined);
            }}
          />
        </label>
        <button type="button" class="button" onClick={keys}>
          Keys <kbd>?</kbd>
        </button>
      </div>
      <p class="hidden" role="status">
        {queue?.said}
      </p>
      {queue !== undefined && <Filter queue={queue} field={field} category={category} />}
      {queue?.problem !== undefined && <Problem queue={queue} />}
      {queue?.loaded !== true && queue?.problem === undefined && <p class="waiting">Loading…</p>}
      {queue?.loaded === true && (
        <div class="review">
          <div class="review-side">
            {queue.groups.length > 0 && <GroupList queue={queue} />}
            <Decisions queue={queue} />
          </div>
          {group === undefined ? (
            <Done narrowed={field !== undefined || category !== undefined} />
          ) : (
            <GroupDetail queue={queue} group={group} onCorrect={correct} />
          )}
        </div>
      )}
      {dialog === 'keys' && <KeysDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'correct' && queue !== undefined && group !== undefined && (
        <CorrectDialog
          group={group}
          count={group.count - queue.excluded(group.group).size}
          onChoose={(value) => {
            setDialog(undefined);
            queue.decide('correct', value);
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}

function Left({ queue: { left } }: { readonly queue: ReviewQueue }) {
  return (
    <p class="review-left">
      <strong>{left.suggestions.toLocaleString()}</strong>{' '}
      {left.suggestions === 1 ? 'suggestion' : 'suggestions'} in{' '}
      <strong>{left.groups.toLocaleString()}</strong> {left.groups === 1 ? 'group' : 'groups'} left
    </p>
  );
}

interface FilterProps {
  readonly queue: ReviewQueue;
  readonly field: string | undefined;
  readonly category: string | undefined;
}

function Filter({ queue: { fields }, field, category }: FilterProps) {
  const inCategory = category === undefined ? {} : { category };
  const inField = field === undefined ? {} : { field };
  const all = fields.reduce((sum, { suggestions }) => sum + suggestions, 0);
  const isListed = field === undefined || fields.some((one) => one.field === field);
  return (
    <div class="review-filter">
      <label class="field">
        <span>Field</span>
        <select
          value={field ?? ''}
          onChange={({ currentTarget: { value } }) =>
            goTo(deskPath('review', { ...inCategory, ...(value !== '' && { field: value }) }))
          }
        >
          <option value="">All fields ({all.toLocaleString()})</option>
          {!isListed && <option value={field}>{shownField(field)} (0)</option>}
          {fields.map((one) => (
            <option key={one.field} value={one.field}>
              {shownField(one.field)} ({one.suggestions.toLocaleString()})
            </option>
          ))}
        </select>
      </label>
      {category !== undefined && (
        <DeskLink to={deskPath('review', inField)} class="chip">
          {categoryLevels(category).join(' › ')} <span aria-hidden="true">×</span>
          <span class="hidden">remove</span>
        </DeskLink>
      )}
    </div>
  );
}

function Problem({ queue }: { readonly queue: ReviewQueue }) {
  return (
    <div class="review-problem">
      {queue.unsent > 0 && (
        <p class="review-error">
          {counted(queue.unsent, 'decision')} not sent yet. They are sent when this is solved; keep the page
          open.
        </p>
      )}
      {queue.problem !== undefined && <Failure error={queue.problem} onRetry={() => queue.retry()} />}
    </div>
  );
}

function Done({ narrowed }: { readonly narrowed: boolean }) {
  return (
    <div class="panel review-done">
      <h2>{narrowed ? 'Nothing is left here' : 'Nothing waits for review'}</h2>
      <p class="about">
        {narrowed
          ? 'Everything suggested for this field or category is decided.'
          : 'New suggestions come with the next reindex, after products were added or decisions taught it more.'}
      </p>
      {narrowed && (
        <DeskLink to={deskPath('review')} class="button">
          Review all fields
        </DeskLink>
      )}
    </div>
  );
}
