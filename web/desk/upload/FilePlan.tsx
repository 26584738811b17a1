import { useEffect, useState } from 'preact/hooks';
import { ApiError, call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import { Columns } from './Columns.js';
import { type Choices, choicesOf, hasId, type Mapping, mapOf, type Preview, withChoice } from './mapping.js';
import { Purpose } from './Purpose.js';
import { previewOf, type Reading } from './readFile.js';
import { SavedMappings } from './SavedMappings.js';
import { type Sent, send } from './sent.js';
import { shownBytes } from './shownBytes.js';

interface Props {
  readonly file: File;
  readonly allowClear: boolean;
  readonly allowShrink: boolean;
  readonly onSent: (sent: Sent) => void;
}

const KINDS: Readonly<Record<Preview['layout'], string>> = {
  plain: '',
  shopify: 'Shopify export',
  google: 'Google Merchant feed',
  woocommerce: 'WooCommerce export',
};

/** How the file is read, and what to do with it. */
export function FilePlan({ file, allowClear, allowShrink, onSent }: Props) {
  /** Undefined: the saved mapping that fits, if there is one. */
  const [chosen, setChosen] = useState<{ readonly mapping: Mapping | undefined }>();
  const [place, setPlace] = useState<Pick<Reading, 'sheet' | 'headerRow'>>({});
  const [choices, setChoices] = useState<Choices>();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiError>();
  const saved = useAnswer('mappings', (signal) => call('get', '/v1/mappings', { signal }));
  const asked: Reading = {
    ...(chosen?.mapping !== undefined && readingOf(chosen.mapping)),
    ...place,
  };
  const { answer, error, reload } = useAnswer(JSON.stringify(asked), async (signal) => {
    const guessed = await previewOf(file, asked, signal);
    if (chosen !== undefined || guessed.mapping === null) return { preview: guessed, used: chosen?.mapping };
    const fitting = { ...readingOf(guessed.mapping), ...asked };
    return { preview: await previewOf(file, fitting, signal), used: guessed.mapping };
  });
  useEffect(() => setChoices(answer === undefined ? undefined : choicesOf(answer.preview)), [answer]);
  if (error !== undefined)
    return (
      <>
        <FileName file={file} />
        {chosen?.mapping === undefined ? (
          <Failure error={error} onRetry={reload} />
        ) : (
          <div class="failure">
            <p role="alert">
              The columns of “{chosen.mapping.name}” do not fit this file. {error.message}
            </p>
            <button type="button" class="button" onClick={() => setChosen({ mapping: undefined })}>
              Go by what the columns look like
            </button>
          </div>
        )}
      </>
    );
  if (answer === undefined || choices === undefined) return <p class="waiting">Reading {file.name}…</p>;
  const { preview, used } = answer;
  const map = mapOf(preview, choices);
  const start = async (target: Sent['target'], options: Readonly<Record<string, string>>) => {
    setSending(true);
    setProblem(undefined);
    try {
      const { sheet, headerRow } = asked.sheet === undefined && used !== undefined ? readingOf(used) : asked;
      const reading: Reading = {
        map,
        ...(sheet !== undefined && { sheet }),
        ...(headerRow !== undefined && { headerRow }),
      };
      onSent(await send({ file, target, reading, options }));
    } catch (failure) {
      setProblem(failure instanceof ApiError ? failure : new ApiError(0, 'The file could not be sent.', []));
      setSending(false);
    }
  };
  return (
    <div class="plan">
      <FileName file={file} kind={KINDS[preview.layout]} columns={preview.columns.length} />
      <section class="panel" aria-labelledby="columns-title">
        <div class="panel-head">
          <h2 id="columns-title">What the columns hold</h2>
          {used !== undefined && chosen === undefined && (
            <p class="note">Read as saved for “{used.name}”, because the columns match.</p>
          )}
        </div>
        <div class="reading">
          {preview.sheets.length > 1 && (
            <label class="field">
              <span>Sheet</span>
              <select
                value={preview.sheet ?? ''}
                onChange={(event) => setPlace({ sheet: event.currentTarget.value })}
              >
                {preview.sheets.map((sheet) => (
                  <option key={sheet} value={sheet}>
                    {sheet}
                  </option>
                ))}
              </select>
            </label>
          )}
          {preview.header_row !== null && (
            <label class="field">
              <span>Names of the columns are in line</span>
              <input
                type="number"
                min={1}
                max={1_048_576}
                value={preview.header_row}
                onChange={(event) => {
                  const headerRow = Number(event.currentTarget.value);
                  if (Number.isInteger(headerRow) && headerRow > 0) setPlace({ ...place, headerRow });
                }}
              />
            </label>
          )}
        </div>
        <Columns
          preview={preview}
          choices={choices}
          onChoice={(key, field) => setChoices(withChoice(choices, key, field))}
        />
        <SavedMappings
          mappings={saved.answer?.mappings ?? []}
          used={used?.name}
          onUse={(mapping) => {
            setPlace({});
            setChosen({ mapping });
          }}
          current={{
            columns: preview.columns.map(({ name }) => name),
            map,
            ...(asked.sheet !== undefined && { sheet: asked.sheet }),
            ...(asked.headerRow !== undefined && { header_row: asked.headerRow }),
          }}
          onSaved={saved.reload}
        />
      </section>
      {!hasId(choices) && (
        <p class="warning" role="alert">
          No column holds the id of the product. Choose “ID” for the column whose values are different in each
          row, such as the article number.
        </p>
      )}
      <Purpose
        blocked={!hasId(choices)}
        sending={sending}
        allowClear={allowClear}
        allowShrink={allowShrink}
        onStart={(target, options) => void start(target, options)}
      />
      {problem !== undefined && <Failure error={problem} onRetry={() => setProblem(undefined)} />}
    </div>
  );
}

function readingOf({ map, sheet, header_row: headerRow }: Mapping): Reading {
  return {
    map,
    ...(sheet !== undefined && { sheet }),
    ...(headerRow !== undefined && { headerRow }),
  };
}

function FileName({ file, kind = '', columns }: { file: File; kind?: string; columns?: number }) {
  const facts = [
    kind,
    shownBytes(file.size),
    columns === undefined ? '' : `${columns.toLocaleString()} columns`,
  ];
  return (
    <p class="file-name">
      <strong>{file.name}</strong>
      <span class="about">{facts.filter((fact) => fact !== '').join(' · ')}</span>
    </p>
  );
}
