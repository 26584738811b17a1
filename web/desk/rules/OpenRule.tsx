import { useState } from 'preact/hooks';
import { deskPath } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { idOf } from './changes.js';
import { withRule } from './document.js';
import { findingsOf } from './findings.js';
import { type FormRule, fromForm, toForm } from './form.js';
import { RuleEditor } from './RuleEditor.js';
import type { Finding, WorkingCopy } from './workingCopy.js';

interface Props {
  readonly copy: WorkingCopy;
  readonly place: number;
  readonly raw: unknown;
  readonly findings: readonly Finding[];
}

/** The rule of the address in the form. What is typed stays as typed, while the text has it without empty lines. */
export function OpenRule({ copy, place, raw, findings }: Props) {
  const [typed, setTyped] = useState<FormRule>();
  const read = toForm(raw);
  if (read === undefined)
    return (
      <section class="panel">
        <h2>{idOf(raw) || '(no name)'}</h2>
        <p>
          This rule has parts that the form does not know.{' '}
          <DeskLink to={deskPath('rules', { view: 'text' })}>Edit it as text</DeskLink>
        </p>
      </section>
    );
  const isTyped = typed !== undefined && isSame(typed, read);
  return (
    <RuleEditor
      rule={isTyped ? typed : read}
      findings={findingsOf(findings, read.id, place)}
      onRule={(rule) => {
        setTyped(rule);
        copy.edit(withRule(copy.text, place, fromForm(rule)));
      }}
    />
  );
}

function isSame(one: FormRule, other: FormRule): boolean {
  return JSON.stringify(fromForm(one)) === JSON.stringify(fromForm(other));
}
