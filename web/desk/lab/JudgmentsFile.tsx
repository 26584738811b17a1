import { useState } from 'preact/hooks';
import { saveAs } from '../download.js';
import { countOf, type Judgments, joined, readJudgments, writeJudgments } from './judgments.js';

interface Props {
  readonly judgments: Judgments;
  readonly onJudgments: (judgments: Judgments) => void;
}

/** The judgments as a file: save it, or go on with one. */
export function JudgmentsFile({ judgments, onJudgments }: Props) {
  const [done, setDone] = useState<{ text: string; before?: Judgments; wrong?: boolean }>({ text: '' });
  const open = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      const read = readJudgments(await file.text());
      const all = joined(judgments, read);
      onJudgments(all);
      setDone({
        text: `${countOf(read).toLocaleString()} judgments of ${read.size.toLocaleString()} searches were added.`,
        before: judgments,
      });
    } catch (reason) {
      setDone({ text: reason instanceof Error ? reason.message : 'The file cannot be read.', wrong: true });
    }
  };
  const count = countOf(judgments);
  return (
    <section class="judgments-file" aria-labelledby="judgments">
      <h2 id="judgments">Your judgments</h2>
      <p class="about">
        {count === 0
          ? 'None yet. They are kept in this browser until you save them as a file.'
          : `${count.toLocaleString()} ${count === 1 ? 'judgment' : 'judgments'} of ${judgments.size.toLocaleString()} ${judgments.size === 1 ? 'search' : 'searches'}, kept in this browser.`}
      </p>
      <div class="file-actions">
        <button
          type="button"
          class="button"
          disabled={count === 0}
          onClick={() =>
            saveAs(
              new Blob([writeJudgments(judgments)], { type: 'text/tab-separated-values' }),
              'judgments.tsv',
            )
          }
        >
          Download
        </button>
        <label class="button">
          Open a file
          <input
            type="file"
            class="hidden"
            accept=".tsv,.txt,text/tab-separated-values"
            onChange={(event) => {
              const input = event.currentTarget;
              open(input.files?.[0]).finally(() => {
                // The same file can be opened again.
                input.value = '';
              });
            }}
          />
        </label>
        <button
          type="button"
          class="button"
          disabled={count === 0}
          onClick={() => {
            onJudgments(new Map());
            setDone({ text: `${count.toLocaleString()} judgments were removed.`, before: judgments });
          }}
        >
          Remove all
        </button>
      </div>
      <p role="status" class={done.wrong === true ? 'wrong' : 'about'}>
        {done.text}{' '}
        {done.before !== undefined && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              onJudgments(done.before ?? new Map());
              setDone({ text: 'Undone.' });
            }}
          >
            Undo
          </button>
        )}
      </p>
    </section>
  );
}
