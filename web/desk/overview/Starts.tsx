import { categoryLevels, shownField } from '../../shared/format.js';
import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { TableFrame } from '../TableFrame.js';
import { type Completeness, percent, waitingWords } from './words.js';

const SHOWN = 8;

/** Where reviewing fills most, and which fields would fill themselves after more decisions. */
export function Starts({ answer }: { readonly answer: Completeness }) {
  const { cells, before, after, expected, under, waiting } = answer;
  const starts = answer.starts.filter(({ suggested }) => suggested > 0).slice(0, SHOWN);
  const blanks = answer.starts.filter(({ suggested }) => suggested === 0).slice(0, SHOWN);
  const gain = Math.round((expected - after) * cells);
  return (
    <section class="panel" aria-labelledby="starts-title">
      <h2 id="starts-title">Where to start</h2>
      <p>
        Enrichment filled {Math.round((after - before) * cells).toLocaleString()} of{' '}
        {Math.round((1 - before) * cells).toLocaleString()} blank cells
        {under !== null && ' here'}. Reviewing what is suggested fills about {gain.toLocaleString()} more (
        {percent(expected - after)}).
      </p>
      {starts.length > 0 && (
        <TableFrame labelledBy="starts-title">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Category</th>
                <th scope="col" class="number">
                  Blank
                </th>
                <th scope="col" class="number">
                  Suggested
                </th>
                <th scope="col" class="number">
                  Likely right
                </th>
                <th scope="col">
                  <span class="hidden">What to do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {starts.map((one) => (
                <tr key={`${one.category} ${one.field}`}>
                  <th scope="row">{shownField(one.field)}</th>
                  <td>{categoryLevels(one.category).at(-1) ?? 'No category'}</td>
                  <td class="number">{one.blank.toLocaleString()}</td>
                  <td class="number">{one.suggested.toLocaleString()}</td>
                  <td class="number">{Math.round(one.expected).toLocaleString()}</td>
                  <td>
                    <DeskLink
                      to={deskPath('review', {
                        field: one.field,
                        ...(one.category !== '' && { category: one.category }),
                      })}
                    >
                      Review
                      <span class="hidden">
                        {' '}
                        {shownField(one.field)} of {categoryLevels(one.category).at(-1)}
                      </span>
                    </DeskLink>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      {starts.length === 0 && blanks.length > 0 && (
        <p>
          Nothing is suggested. Most blanks:{' '}
          {blanks
            .map(
              ({ field, category, blank }) =>
                `${shownField(field)} of ${categoryLevels(category).at(-1) ?? 'products without a category'} (${blank.toLocaleString()})`,
            )
            .join(', ')}
          . Fill some of them in your own data: the next reindex learns from them.
        </p>
      )}
      {waiting.length > 0 && (
        <>
          <h3>Fields that fill nothing by themselves yet</h3>
          <ul class="waiting-fields">
            {waiting.slice(0, SHOWN).map((one) => (
              <li key={one.field}>
                <DeskLink to={deskPath('review', { field: one.field })}>{shownField(one.field)}</DeskLink>{' '}
                <span>{waitingWords(one)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
