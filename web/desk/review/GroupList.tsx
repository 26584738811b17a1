import { useEffect, useRef } from 'preact/hooks';
import { categoryLevels, counted, shownFact, shownField } from '../../shared/format.js';
import type { ReviewQueue } from './queue.js';
import { type Group, reasonWords, shownShare, sureWords } from './words.js';

/** The groups left to decide about; the selected one has the focus when keys are used. */
export function GroupList({ queue }: { readonly queue: ReviewQueue }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [queue.selected]);
  return (
    <ol class="review-list" ref={list} aria-label="Groups of suggestions">
      {queue.groups.map((group) => (
        <li key={group.group}>
          <Row
            group={group}
            selected={group.group === queue.selected}
            onSelect={() => queue.select(group.group)}
          />
        </li>
      ))}
    </ol>
  );
}

interface RowProps {
  readonly group: Group;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

function Row({ group, selected, onSelect }: RowProps) {
  const { field, value, confidence, count } = group;
  const levels = field === 'category' ? categoryLevels(String(value)) : [shownFact(field, value)];
  return (
    <button
      type="button"
      class="review-row"
      data-group={group.group}
      aria-current={selected}
      tabIndex={selected ? 0 : -1}
      onClick={onSelect}
    >
      <span class="review-row-value">
        <span class="about">{shownField(field)}</span> {levels.at(-1)}
      </span>
      <span class="review-row-count" title={counted(count, 'product')}>
        {count.toLocaleString()}
        <span class="hidden"> {count === 1 ? 'product' : 'products'}</span>
      </span>
      <span class="review-row-reason about">
        {levels.length > 1 && `in ${levels.slice(0, -1).join(' › ')}, `}
        {reasonWords(group)}
      </span>
      <span class="about" title={sureWords(confidence.mean)}>
        {shownShare(confidence.mean)}
      </span>
    </button>
  );
}
