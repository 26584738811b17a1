import type { Finding } from './workingCopy.js';

interface Props {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly onEdit: (text: string) => void;
}

/** The working copy as the text that is published, to be edited too. */
export function TextView({ text, findings, onEdit }: Props) {
  return (
    <section aria-labelledby="rules-text" class="rules-text">
      <div class="section-head">
        <h2 id="rules-text">As text</h2>
      </div>
      <p class="about">The same working copy, as YAML. Comments stay when you use the forms.</p>
      <label class="field">
        <span>Rules and synonyms</span>
        <textarea
          rows={Math.min(36, Math.max(12, text.split('\n').length + 1))}
          spellcheck={false}
          value={text}
          onInput={(event) => onEdit(event.currentTarget.value)}
        />
      </label>
      {findings.length > 0 && (
        <ul class="findings">
          {findings.map((finding) => (
            <li key={`${finding.where} ${finding.message}`} class={finding.severity}>
              {finding.line !== undefined && `Line ${finding.line}: `}
              {finding.where !== '' && `${finding.where}: `}
              {finding.message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
