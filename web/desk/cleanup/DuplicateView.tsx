import { type Answer, call } from '../../shared/call.js';
import { attributesOf, shownField, shownValue } from '../../shared/format.js';
import { useDeskAddress } from '../address.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { useAnswer } from '../useAnswer.js';
import { Audit } from './Audit.js';
import { Pager, pageIn } from './Pager.js';
import { ProductName } from './ProductName.js';

type Duplicate = Answer<'/v1/audit/duplicates', 'get'>['duplicates'][number];
type Product = NonNullable<Duplicate['products'][number]>;
const PER_PAGE = 10;
const MAX_LENGTH = 240;

/** Products that are probably the same thing, side by side. */
export function DuplicateView() {
  return <Audit>{(audit) => <Duplicates key={audit} audit={audit} />}</Audit>;
}

function Duplicates({ audit }: { readonly audit: string }) {
  const { parameters } = useDeskAddress();
  const page = pageIn(parameters);
  const { answer, error, reload } = useAnswer(`duplicates ${audit} ${page}`, (signal) =>
    call('get', '/v1/audit/duplicates', { query: { page, per_page: PER_PAGE }, signal }),
  );
  if (error !== undefined) return <Failure error={error} onRetry={reload} />;
  if (answer === undefined) return <p class="waiting">Loading…</p>;
  const { total, duplicates } = answer;
  if (total === 0) return <p class="empty">No two products seem to be the same thing.</p>;
  return (
    <>
      <div class="list-head">
        <p>
          {total.toLocaleString()} {total === 1 ? 'pair' : 'pairs'} of products that seem to be the same thing
        </p>
        <Pager view="duplicates" page={page} pages={Math.ceil(total / PER_PAGE)} />
      </div>
      <ul class="pairs">
        {duplicates.map((duplicate) => (
          <li key={duplicate.ids.join('\n')} class="panel">
            <Pair duplicate={duplicate} />
          </li>
        ))}
      </ul>
      <div class="list-head">
        <span />
        <Pager view="duplicates" page={page} pages={Math.ceil(total / PER_PAGE)} />
      </div>
    </>
  );
}

function Pair({ duplicate }: { readonly duplicate: Duplicate }) {
  const [one, other] = duplicate.products.map((product) => textsOf(product));
  const fields = [...new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])];
  const different = fields.filter((field) => one?.get(field) !== other?.get(field));
  const same = fields.filter((field) => !different.includes(field));
  const [a = '', b = ''] = duplicate.ids;
  return (
    <>
      <p class="pair-head">
        <strong>
          {duplicate.score.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 0 })} likely
          the same
        </strong>{' '}
        <span class="about">{duplicate.reason}</span>
      </p>
      <TableFrame label={`${a} beside ${b}`}>
        <table class="table pair">
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">Field</span>
              </th>
              {duplicate.ids.map((id, place) => (
                <th key={id} scope="col">
                  <ProductName id={id} product={duplicate.products[place] ?? null} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {different.map((field) => (
              <tr key={field}>
                <th scope="row">{shownField(field)}</th>
                {[one, other].map((texts, place) => {
                  const text = texts?.get(field);
                  return (
                    <td key={duplicate.ids[place]}>
                      {text === undefined ? <span class="about">none</span> : <mark>{text}</mark>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {same.length > 0 && <p class="about">The same: {same.map(shownField).join(', ')}.</p>}
    </>
  );
}

function textsOf(product: Product | null): Map<string, string> {
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
