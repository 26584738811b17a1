import { pieces } from '../../shared/evidence.js';
import { counted, shownFact, shownField } from '../../shared/format.js';
import type { ReviewQueue } from './queue.js';
import {
  type CounterExample,
  type Group,
  reasonWords,
  type SuggestedProduct,
  shownRange,
  shownShare,
  sureWords,
} from './words.js';

interface Props {
  readonly queue: ReviewQueue;
  readonly group: Group;
  readonly onCorrect: () => void;
}

/** The selected group: why it is suggested, what speaks against it, its products, and what to do with it. */
export function GroupDetail({ queue, group, onCorrect }: Props) {
  const { field, value, count, confidence } = group;
  const members = queue.members(group);
  const counter = members?.counter_examples ?? [];
  const against = new Set(counter.map(({ id }) => id));
  const products = (members?.products ?? group.examples).filter(({ id }) => !against.has(id));
  const excluded = queue.excluded(group.group);
  const shown = counter.length + products.length;
  const row = (product: SuggestedProduct | CounterExample) => (
    <ProductRow
      key={product.id}
      product={product}
      value={value}
      included={!excluded.has(product.id)}
      onToggle={() => queue.toggle(group.group, product.id)}
    />
  );
  return (
    <section
      class="review-detail panel"
      aria-labelledby="group-title"
      data-group={group.group}
      data-field={field}
      data-value={String(value)}
      data-count={count}
    >
      <p class="about">{shownField(field)}</p>
      <h2 id="group-title">{shownFact(field, value)}</h2>
      <p>
        {counted(count, 'product')}: {reasonWords(group)}.
      </p>
      <p class="review-sure">
        <meter min={0} max={1} value={confidence.mean} aria-label="Confidence" />
        <span>
          <strong>{sureWords(confidence.mean)}</strong>, {shownShare(confidence.mean)}
          {confidence.max - confidence.min >= 0.01 && count > 1 && (
            <span class="about"> ({shownRange(confidence)})</span>
          )}
        </span>
      </p>
      <div class="review-actions">
        <button type="button" class="button primary" onClick={() => queue.decide('accept')}>
          Accept {excluded.size > 0 && (count - excluded.size).toLocaleString()} <kbd>a</kbd>
        </button>
        <button type="button" class="button" onClick={() => queue.decide('reject')}>
          Reject {excluded.size > 0 && (count - excluded.size).toLocaleString()} <kbd>r</kbd>
        </button>
        <button type="button" class="button" onClick={onCorrect}>
          Correct… <kbd>c</kbd>
        </button>
        {excluded.size > 0 && (
          <span class="about">{counted(excluded.size, 'product')} left out, to decide later</span>
        )}
      </div>
      {counter.length > 0 && (
        <>
          <h3>Speaks against it</h3>
          <ul class="review-products against">{counter.map(row)}</ul>
        </>
      )}
      {products.length > 0 && (
        <>
          <h3>{counter.length > 0 ? 'Others' : 'Products'}</h3>
          <ul class="review-products">{products.map(row)}</ul>
        </>
      )}
      {shown < count && (
        <p class="about">
          {members === undefined
            ? `${counted(shown, 'example')} of ${count.toLocaleString()}.`
            : `The ${shown.toLocaleString()} surest and most doubtful of ${count.toLocaleString()}; a decision settles all that are not left out.`}
        </p>
      )}
    </section>
  );
}

interface ProductProps {
  readonly product: SuggestedProduct | CounterExample;
  readonly value: Group['value'];
  readonly included: boolean;
  readonly onToggle: () => void;
}

function ProductRow({ product, included, onToggle }: ProductProps) {
  const { id, title, confidence, quoted, neighbours } = product;
  const inTitle = quoted?.field === 'title' ? quoted : undefined;
  return (
    <li class={included ? undefined : 'left-out'} data-product={id}>
      <label>
        <input type="checkbox" checked={included} onChange={onToggle} />
        <span class="review-title">
          {pieces(title || id, inTitle === undefined ? [] : [{ span: inTitle, key: 'quote' }]).map(
            ({ text, keys }) => (keys.length === 0 ? text : <mark>{text}</mark>),
          )}
        </span>
      </label>
      <span class="about review-share">{shownShare(confidence)}</span>
      <div class="review-evidence">
        {'says' in product && <p class="review-against">{product.says}</p>}
        {quoted !== undefined && inTitle === undefined && (
          <p>
            <span class="about">{shownField(quoted.field)}:</span> {quoted.before.length >= 40 && '…'}
            {quoted.before}
            <mark>{quoted.quote}</mark>
            {quoted.after}
            {quoted.after.length >= 40 && '…'}
          </p>
        )}
        {neighbours?.map((neighbour) => (
          <p key={neighbour.id} class="about">
            like “{neighbour.title || neighbour.id}”, which has {shownFact('', neighbour.value)} (
            {Math.round(neighbour.similarity * 100)}% alike)
          </p>
        ))}
      </div>
    </li>
  );
}
