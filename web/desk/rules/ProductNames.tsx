import { call } from '../../shared/call.js';
import { shownTitle } from '../../shared/format.js';
import { useAnswer } from '../useAnswer.js';
import { useDebounced } from '../useDebounced.js';

const MAX_SHOWN = 20;
const WAIT_MS = 400;

/** What the products with these ids are called; nothing for ids that no product has, of which the check warns. */
export function ProductNames({ ids }: { readonly ids: readonly string[] }) {
  const wanted = useDebounced(
    ids
      .filter((id) => id.trim() !== '')
      .slice(0, MAX_SHOWN)
      .join('\n'),
    WAIT_MS,
  );
  const { answer } = useAnswer(`names ${wanted}`, (signal) =>
    Promise.all(
      wanted
        .split('\n')
        .filter(Boolean)
        .map((id) =>
          call('get', '/v1/products/{id}', { path: { id }, query: { fields: 'title' }, signal })
            .then((product) => `${id}: ${shownTitle(product)}`)
            .catch(() => undefined),
        ),
    ),
  );
  const names = answer?.filter((name) => name !== undefined) ?? [];
  if (names.length === 0) return null;
  return (
    <ul class="product-names about">
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}
