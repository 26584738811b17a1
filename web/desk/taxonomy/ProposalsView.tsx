import { useState } from 'preact/hooks';
import { type Answer, call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { useAnswer } from '../useAnswer.js';
import type { Drafting, Edit } from './useDraft.js';

type Proposal = Answer<'/v1/taxonomy/proposals', 'get'>['proposals'][number];

/** Values that many products have and the taxonomy does not list. */
export function ProposalsView({ drafting }: { readonly drafting: Drafting }) {
  const { answer, error, reload } = useAnswer('proposals', (signal) =>
    call('get', '/v1/taxonomy/proposals', { signal }),
  );
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  if (error !== undefined) return <Failure error={error} onRetry={reload} />;
  if (answer === undefined) return <p class="waiting">Reading the values of all products…</p>;
  const { proposals } = answer;
  if (proposals.length === 0)
    return <p class="empty">Every value that three or more products have is in the taxonomy.</p>;
  const keyOf = ({ attribute, value }: Proposal) => `${attribute}\n${value}`;
  const take = async (proposal: Proposal, edit: Edit) => {
    if ((await drafting.edit([edit])) === '') setTaken(new Set(taken).add(keyOf(proposal)));
  };
  return (
    <>
      <p class="about">
        Values that three or more products have, and no list knows. Add one, or say that it is another
        spelling.
      </p>
      <TableFrame label="Proposed values">
        <table class="table proposals">
          <thead>
            <tr>
              <th scope="col">Attribute</th>
              <th scope="col">Value</th>
              <th scope="col" class="number">
                Products
              </th>
              <th scope="col">Such as</th>
              <th scope="col">Take it</th>
            </tr>
          </thead>
          <tbody>
            {proposals.map((proposal) => {
              const { attribute, name, value, count, examples, nearest } = proposal;
              return (
                <tr key={keyOf(proposal)}>
                  <td>{name}</td>
                  <th scope="row">{value}</th>
                  <td class="number">{count.toLocaleString()}</td>
                  <td class="about">{examples.slice(0, 3).join(', ')}</td>
                  <td>
                    {taken.has(keyOf(proposal)) ? (
                      <span class="about">In the draft</span>
                    ) : (
                      <span class="take">
                        <button
                          type="button"
                          class="button small"
                          aria-label={`Add ${value} to ${name}`}
                          onClick={() =>
                            void take(proposal, { kind: 'add-value', attribute, value, aliases: [] })
                          }
                        >
                          Add
                        </button>
                        {nearest !== null && (
                          <SameAs
                            proposal={proposal}
                            nearest={nearest}
                            onSame={(edit) => void take(proposal, edit)}
                          />
                        )}
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}

interface SameProps {
  readonly proposal: Proposal;
  readonly nearest: string;
  readonly onSame: (edit: Edit) => void;
}

function SameAs({ proposal: { attribute, value }, nearest, onSame }: SameProps) {
  return (
    <button
      type="button"
      class="button small"
      onClick={() => onSame({ kind: 'add-alias', attribute, value: nearest, alias: value })}
    >
      Same as {nearest}
    </button>
  );
}
