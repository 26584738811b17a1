import { useId } from 'preact/hooks';
import type { Answer } from '../../shared/call.js';
import { attributesOf, shownField, shownTitle, shownValue } from '../../shared/format.js';
import { TableFrame } from '../TableFrame.js';
import { filledFields } from './filledFields.js';
import { ProductName } from './ProductName.js';

export type Cluster = Answer<'/v1/audit/clusters', 'get'>['clusters'][number];
type Product = Cluster['products'][number];

/** Which product of a cluster stays, and which go. */
export interface Decision {
  readonly keep: string;
  readonly remove: readonly string[];
}

interface Props {
  readonly cluster: Cluster;
  /** Undefined if fewer than two products are left. */
  readonly decision: Decision | undefined;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
  readonly onDecide: (decision: Decision) => void;
}

const MAX_LENGTH = 240;

export const keyOf = ({ ids }: Cluster): string => ids.join('\n');

/** The one with the most values stays. */
export function proposal(cluster: Cluster): Decision | undefined {
  const { keep } = cluster;
  return keep === null
    ? undefined
    : { keep, remove: cluster.ids.filter((id) => id !== keep && isOnSale(cluster, id)) };
}

/** The products of a cluster side by side with what differs, and which of them stays. */
export function DuplicateCluster({ cluster, decision, chosen, onChoose, onDecide }: Props) {
  const group = useId();
  const { ids, products, pairs } = cluster;
  const texts = products.map(textsOf);
  const filled = products.map(filledFields);
  const there = texts.filter((_, place) => products[place] !== null);
  const fields = [...new Set(texts.flatMap((one) => [...one.keys()]))];
  const same = fields.filter((field) => new Set(there.map((one) => one.get(field))).size === 1);
  const different = fields.filter((field) => !same.includes(field));
  const nameAt = (id: string) => nameOf(id, products[ids.indexOf(id)] ?? null);
  const remove = (id: string, on: boolean) => {
    if (decision === undefined) return;
    const others = decision.remove.filter((one) => one !== id);
    onDecide({ ...decision, remove: on ? [...others, id] : others });
  };
  return (
    <>
      <p class="pair-head">
        {decision === undefined ? (
          <strong>Settled: one product is left.</strong>
        ) : (
          <label class="check">
            <input
              type="checkbox"
              aria-label={`Remove duplicates of ${nameAt(decision.keep)}`}
              checked={chosen}
              onChange={(event) => onChoose(event.currentTarget.checked)}
            />
            <strong>{percent(pairs[0]?.score ?? 0)} likely the same</strong>
          </label>
        )}{' '}
        <span class="about">{[...new Set(pairs.map(({ reason }) => reason))].join('; ')}</span>
      </p>
      <TableFrame label={ids.join(' beside ')}>
        <table class="table pair" style={{ minWidth: `${9 + 13 * ids.length}rem` }}>
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">Field</span>
              </th>
              {ids.map((id, place) => (
                <th key={id} scope="col">
                  <ProductName id={id} product={products[place] ?? null} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {different.map((field) => (
              <tr key={field}>
                <th scope="row">{shownField(field)}</th>
                {texts.map((one, place) => {
                  const text = one.get(field);
                  return (
                    <td key={ids[place]}>
                      {text === undefined ? <span class="about">none</span> : <mark>{text}</mark>}
                      {filled[place]?.has(field) === true && <span class="about"> filled</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
            {decision !== undefined && (
              <tr class="decide">
                <th scope="row">What happens</th>
                {ids.map((id) => (
                  <td key={id}>
                    {isOnSale(cluster, id) ? (
                      <>
                        <label class="check">
                          <input
                            type="radio"
                            name={group}
                            aria-label={`Keep ${id}`}
                            checked={decision.keep === id}
                            onChange={() =>
                              onDecide({
                                keep: id,
                                remove: [
                                  ...decision.remove.filter((one) => one !== id),
                                  ...(decision.keep === id ? [] : [decision.keep]),
                                ],
                              })
                            }
                          />
                          <span>Keep</span>
                        </label>
                        {decision.keep !== id && (
                          <label class="check">
                            <input
                              type="checkbox"
                              aria-label={`Remove ${id}`}
                              checked={decision.remove.includes(id)}
                              onChange={(event) => remove(id, event.currentTarget.checked)}
                            />
                            <span>Remove</span>
                          </label>
                        )}
                      </>
                    ) : (
                      <span class="about">gone already</span>
                    )}
                  </td>
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </TableFrame>
      {same.length > 0 && <p class="about">The same: {same.map(shownField).join(', ')}.</p>}
    </>
  );
}

function isOnSale({ ids, products }: Cluster, id: string): boolean {
  const product = products[ids.indexOf(id)] ?? null;
  return (
    product !== null &&
    String(product.status ?? '')
      .toLowerCase()
      .trim() !== 'archived'
  );
}

function nameOf(id: string, product: Product): string {
  return product === null ? id : shownTitle({ ...product, id });
}

function percent(share: number): string {
  return share.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 0 });
}

function textsOf(product: Product): Map<string, string> {
  if (product === null) return new Map();
  const { id: _, attributes: __, _shelfwright: ___, ...fields } = product;
  const named = Object.entries(attributesOf(product)).map(
    ([name, value]) => [`attributes.${name}`, value] as const,
  );
  return new Map(
    [...Object.entries(fields), ...named]
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([field, value]) => {
        const text = shownValue(value);
        return [field, text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text];
      }),
  );
}
