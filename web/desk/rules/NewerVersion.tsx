import { bringIn, changesBetween, changesInWords } from './changes.js';
import { asYaml } from './document.js';
import { sentence } from './PublishDialog.js';
import type { Current, WorkingCopy } from './workingCopy.js';

interface Props {
  readonly copy: WorkingCopy;
  readonly current: Current;
  readonly onDone: (what: string) => void;
}

/** Explains that somebody has published since the working copy was begun, and how to go on without losing anything. */
export function NewerVersion({ copy, current, onDone }: Props) {
  const theirs = asYaml(current.text);
  const { text, conflicts } = bringIn(copy.baseText, copy.text, theirs);
  return (
    <section class="panel newer" aria-labelledby="newer">
      <h2 id="newer">
        {current.by ?? 'Somebody'} published version {current.version} meanwhile
      </h2>
      <p>
        Your working copy began with version {copy.base}, and is kept. Since then,{' '}
        {changesInWords(changesBetween(copy.baseText, theirs))}
        {current.note !== '' && ` (“${current.note}”)`}. Bring these changes into your working copy, look at
        the result, and publish it.
      </p>
      {conflicts.length > 0 && (
        <p>
          You both changed {conflicts.join(', ')}: there your own version stays. Compare it with version{' '}
          {current.version} before you publish.
        </p>
      )}
      <div class="dialog-actions">
        <button
          type="button"
          class="button"
          onClick={() => {
            copy.moveTo(current);
            onDone(`Your changes are dropped; the working copy is version ${current.version}.`);
          }}
        >
          Drop my changes
        </button>
        <button
          type="button"
          class="button primary"
          onClick={() => {
            copy.moveTo(current, text);
            onDone(
              sentence(
                `the working copy now has the changes of version ${current.version}, and ${changesInWords(changesBetween(theirs, text))}`,
              ),
            );
          }}
        >
          Bring their changes in
        </button>
      </div>
    </section>
  );
}
