import { categoryLevels } from '../../shared/format.js';
import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { TableFrame } from '../TableFrame.js';
import { type Completeness, percent } from './words.js';

/** Completeness by category, before and after enrichment: a bar and its numbers for each. */
export function CategoryBars({ answer }: { readonly answer: Completeness }) {
  const { under, categories, products, counted } = answer;
  const above = under === null ? [] : categoryLevels(under);
  return (
    <section class="panel" aria-labelledby="completeness-title">
      <h2 id="completeness-title">Completeness by category</h2>
      <p class="about">
        Filled cells: the category of each product, and the attributes that products of this category have.
        Every product counts, drafts, archived ones and each variant too; where the shop names no category, it
        counts under the filled or suggested one.
        {counted < products &&
          ` Estimated from ${counted.toLocaleString()} of ${products.toLocaleString()} products.`}
      </p>
      {above.length > 0 && (
        <nav class="crumbs" aria-label="Categories above">
          <DeskLink to={deskPath('overview')}>All categories</DeskLink>
          {above.map((level, depth) => {
            const path = above.slice(0, depth + 1).join(' > ');
            return (
              <span key={path}>
                {' › '}
                {depth === above.length - 1 ? (
                  level
                ) : (
                  <DeskLink to={deskPath('overview', { under: path })}>{level}</DeskLink>
                )}
              </span>
            );
          })}
        </nav>
      )}
      <p class="legend" aria-hidden="true">
        <span class="filled">from the shop</span> <span class="applied">filled in</span>{' '}
        <span class="suggested">suggested</span> <span class="blank">blank</span>
      </p>
      <TableFrame labelledBy="completeness-title">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Category</th>
              <th scope="col" class="number">
                Products
              </th>
              <th scope="col" class="bar-cell">
                <span class="hidden">Chart</span>
              </th>
              <th scope="col" class="number">
                Before
              </th>
              <th scope="col" class="number">
                After
              </th>
              <th scope="col" class="number">
                Suggested
              </th>
            </tr>
          </thead>
          <tbody>
            {categories.map((one) => {
              const name = categoryLevels(one.category).at(-1) ?? 'No category';
              const share = (part: number) => (one.cells === 0 ? 0 : part / one.cells);
              return (
                <tr key={one.category}>
                  <th scope="row">
                    {one.narrower ? (
                      <DeskLink to={deskPath('overview', { under: one.category })}>{name}</DeskLink>
                    ) : (
                      name
                    )}
                  </th>
                  <td class="number">{one.products.toLocaleString()}</td>
                  <td class="bar-cell" aria-hidden="true">
                    <Bar parts={[share(one.filled), share(one.applied), share(one.suggested)]} />
                  </td>
                  <td class="number">{percent(share(one.filled))}</td>
                  <td class="number">{percent(share(one.filled + one.applied))}</td>
                  <td class="number">{one.suggested.toLocaleString()}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}

const PARTS = ['filled', 'applied', 'suggested'];

function Bar({ parts }: { readonly parts: readonly number[] }) {
  return (
    <svg class="stack" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map((part, place) => (
        <rect
          key={PARTS[place]}
          class={PARTS[place]}
          x={100 * parts.slice(0, place).reduce((sum, before) => sum + before, 0)}
          width={100 * part}
          y={0}
          height={10}
        />
      ))}
    </svg>
  );
}
