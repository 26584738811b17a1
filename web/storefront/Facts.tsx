import type { ComponentChildren } from 'preact';
import type { Fact, Product } from '../shared/api.js';
import { attributesOf, shownFact, shownField } from '../shared/format.js';
import { factsOf, reasonOf, sureness } from './reasons.js';

/** Fields that the top of the panel shows, and fields that are not for shoppers. */
const NOT_LISTED = new Set([
  'title',
  'description',
  'price',
  'currency',
  'availability',
  'image',
  'url',
  'attributes',
  '_shelfwright',
]);

interface Props {
  readonly product: Product;
  /** A link to another product. */
  readonly linkTo: (id: string, words: string) => ComponentChildren;
  /** Called with the index of the fact that the pointer is on. */
  readonly onPoint: (fact: number | undefined) => void;
}

/** All known data of a product and, for filled values, their evidence. */
export function Facts({ product, linkTo, onPoint }: Props) {
  const known = factsOf(product);
  const filled = known.filter((fact) => fact.status === 'applied').length;
  const suggested = known.flatMap((fact, index) => (fact.status === 'suggested' ? [{ fact, index }] : []));
  const row = (field: string, value: unknown, fact: Fact | undefined, index: number) => (
    <div
      key={`${field} ${index}`}
      class={fact === undefined ? undefined : fact.status === 'applied' ? 'filled' : 'suggested'}
      onPointerEnter={() => onPoint(fact === undefined ? undefined : index)}
      onPointerLeave={() => onPoint(undefined)}
    >
      <dt>{shownField(field)}</dt>
      <dd>
        <span class="value">{shownFact(field, value)}</span>
        {fact !== undefined && <Origin fact={fact} linkTo={linkTo} />}
      </dd>
    </div>
  );
  return (
    <section>
      <h3>Details</h3>
      {filled > 0 && (
        <p class="legend">
          {filled === 1 ? 'One value was' : `${filled} values were`} missing and filled in, each with its
          reason.
        </p>
      )}
      <dl class="facts">
        {fieldsOf(product).map(([field, value]) => {
          const index = known.findIndex((fact) => fact.field === field && fact.status === 'applied');
          return row(field, value, known[index], index);
        })}
      </dl>
      {suggested.length > 0 && (
        <>
          <h3>Suggested, waiting for review</h3>
          <dl class="facts">
            {suggested.map(({ fact, index }) => row(fact.field, fact.value, fact, index))}
          </dl>
        </>
      )}
    </section>
  );
}

/** Category and brand first, then the attributes, then the rest. */
function fieldsOf(product: Product): [string, unknown][] {
  const own = Object.entries(product).filter(
    ([name, value]) => !NOT_LISTED.has(name) && value !== null && value !== '',
  );
  const attributes = Object.entries(attributesOf(product)).map(([name, value]): [string, unknown] => [
    `attributes.${name}`,
    value,
  ]);
  const first = own.filter(([name]) => name === 'category' || name === 'brand');
  return [...first, ...attributes, ...own.filter((entry) => !first.includes(entry))];
}

function Origin({ fact, linkTo }: { readonly fact: Fact } & Pick<Props, 'linkTo'>) {
  return (
    <>
      <span class="origin">
        {reasonOf(fact)}
        {fact.source === 'model' && <span class="sure">{sureness(fact.confidence)}</span>}
      </span>
      {'neighbours' in fact.evidence && (
        <ul class="neighbours">
          {fact.evidence.neighbours.map(({ id, similarity }) => (
            <li key={id}>
              {linkTo(id, id)} <span class="sure">{Math.round(similarity * 100)}% alike</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
