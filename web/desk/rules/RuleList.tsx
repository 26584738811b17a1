import { deskPath, goTo } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { TableFrame } from '../TableFrame.js';
import { idOf } from './changes.js';
import { type RuleLists, withoutRule, withRule, withRuleUp } from './document.js';
import { counted, Findings, findingsOf } from './findings.js';
import { EMPTY_RULE, fromForm, toForm } from './form.js';
import { thenInWords, whenInWords } from './inWords.js';
import type { Finding } from './workingCopy.js';

interface Props {
  readonly text: string;
  readonly lists: RuleLists;
  readonly findings: readonly Finding[];
  readonly onEdit: (text: string) => void;
  /** Says in a live region what was done. */
  readonly onDone: (what: string) => void;
}

/** All rules of the working copy, in the order in which they win. */
export function RuleList({ text, lists, findings, onEdit, onDone }: Props) {
  const add = () => {
    const id = freeId(lists.rules.map(idOf));
    onEdit(withRule(text, lists.rules.length, fromForm({ ...EMPTY_RULE, id })));
    goTo(deskPath('rules', { rule: String(lists.rules.length) }));
  };
  return (
    <section class="rule-list" aria-labelledby="rule-list">
      <div class="section-head">
        <h2 id="rule-list">
          {lists.rules.length.toLocaleString()} {lists.rules.length === 1 ? 'rule' : 'rules'}
        </h2>
        <button type="button" class="button" onClick={add}>
          Add a rule
        </button>
      </div>
      {lists.rules.length === 0 && lists.problem === undefined && (
        <p class="about">
          A rule pins, boosts or hides products, or redirects, for the searches that you name. There is none
          yet.
        </p>
      )}
      {lists.rules.length > 0 && (
        <TableFrame label="Rules">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">When</th>
                <th scope="col">What it does</th>
                <th scope="col">
                  <span class="hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {lists.rules.map((raw, place) => {
                const id = idOf(raw);
                const form = toForm(raw);
                const own = findingsOf(findings, id, place);
                return (
                  <tr key={place}>
                    <th scope="row">
                      <DeskLink to={deskPath('rules', { rule: String(place) })}>{id || '(no name)'}</DeskLink>
                      {form !== undefined && form.note !== '' && <p class="about">{form.note}</p>}
                    </th>
                    <td>{form === undefined ? 'See the text' : whenInWords(form)}</td>
                    <td>
                      {form === undefined ? (
                        'See the text'
                      ) : (
                        <ul class="effects">
                          {thenInWords(form).map((effect) => (
                            <li key={effect}>{effect}</li>
                          ))}
                        </ul>
                      )}
                      {own.length > 0 && (
                        <details class="found">
                          <summary>{counted(own)}</summary>
                          <Findings findings={own} />
                        </details>
                      )}
                    </td>
                    <td class="number">
                      {place > 0 && (
                        <button
                          type="button"
                          class="quiet"
                          aria-label={`Move the rule ${id} up`}
                          onClick={() => {
                            onEdit(withRuleUp(text, place));
                            onDone(`The rule ${id} comes before ${idOf(lists.rules[place - 1])} now.`);
                          }}
                        >
                          Up
                        </button>
                      )}{' '}
                      <button
                        type="button"
                        class="quiet"
                        aria-label={`Remove the rule ${id}`}
                        onClick={() => {
                          onEdit(withoutRule(text, place));
                          onDone(`The rule ${id} is removed from the working copy.`);
                        }}
                      >
                        Remove
                      </button>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableFrame>
      )}
      {lists.rules.length > 1 && (
        <p class="about">Where two rules pin the same product or redirect, the upper one counts.</p>
      )}
    </section>
  );
}

function freeId(ids: readonly string[]): string {
  let number = ids.length + 1;
  while (ids.includes(`rule-${number}`)) number++;
  return `rule-${number}`;
}
