import { useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { deskPath, goTo, useDeskAddress } from '../address.js';
import { useName } from '../ByField.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { shownError, useAnswer } from '../useAnswer.js';
import { changesBetween, changesInWords } from './changes.js';
import { readLists, withRule } from './document.js';
import { counted } from './findings.js';
import { type FormRule, fromForm, toForm } from './form.js';
import { examplesOf } from './inWords.js';
import { NewerVersion } from './NewerVersion.js';
import { OpenRule } from './OpenRule.js';
import { Preview } from './Preview.js';
import { PublishDialog } from './PublishDialog.js';
import { RuleList } from './RuleList.js';
import './rules.css';
import { Synonyms } from './Synonyms.js';
import { TextView } from './TextView.js';
import { Versions } from './Versions.js';
import { type Current, useCheck, useWorkingCopy, type WorkingCopy } from './workingCopy.js';

const VIEWS = [
  ['rules', 'Rules'],
  ['synonyms', 'Synonyms'],
  ['text', 'As text'],
  ['versions', 'Versions'],
] as const;

/** Merchandising rules and synonyms: a working copy, checked and tried before it is published. */
export function RulesPage() {
  const { answer, error, reload } = useAnswer('rules', (signal) => call('get', '/v1/rules', { signal }));
  // What was published here is current before the service is asked again.
  const [latest, setLatest] = useState<Current>();
  const current = latest !== undefined && latest.version >= (answer?.version ?? 0) ? latest : answer;
  const copy = useWorkingCopy(current);
  return (
    <div class="rules-page">
      {error !== undefined && (
        <>
          <h1>Rules &amp; synonyms</h1>
          <Failure error={error} onRetry={reload} />
        </>
      )}
      {current !== undefined && copy !== undefined && (
        <Workbench current={current} copy={copy} onReload={reload} onPublished={setLatest} />
      )}
    </div>
  );
}

interface Props {
  readonly current: Current;
  readonly copy: WorkingCopy;
  readonly onReload: () => void;
  readonly onPublished: (now: Current) => void;
}

function Workbench({ current, copy, onReload, onPublished }: Props) {
  const { parameters } = useDeskAddress();
  const [publishing, setPublishing] = useState(false);
  const [done, setDone] = useState<{ text: string; undo?: number; restore?: () => void }>({ text: '' });
  const [problem, setProblem] = useState<ApiError>();
  const [by] = useName();
  const checked = useCheck(copy.text);
  const { findings, errors } = checked;
  const lists = readLists(copy.text);
  const opened = Number(parameters.get('rule') ?? Number.NaN);
  const rule: unknown = lists.rules[opened];
  const view = rule === undefined ? (parameters.get('view') ?? 'rules') : 'rules';
  const chosen = parameters.get('q');
  const form = rule === undefined ? undefined : toForm(rule);
  const queries =
    chosen === null ? (form === undefined ? [] : examplesOf(form)) : chosen.split('\n').filter(Boolean);
  const [tried, setTried] = useState<string>();
  if (checked.isUsable && tried !== copy.text) setTried(copy.text);

  const published = (now: Current, before: number) => {
    copy.moveTo(now);
    onPublished(now);
    setPublishing(false);
    setProblem(undefined);
    setDone({ text: `Version ${now.version} is live.`, undo: before });
  };
  const undo = (to: number) => {
    // A second click would undo the undoing.
    setDone(({ text }) => ({ text }));
    const actor = by || current.by || 'desk';
    return call('post', '/v1/rules/rollback', { body: { to, by: actor, if_version: current.version } })
      .then((now) => {
        copy.moveTo(now);
        onPublished(now);
        setDone({ text: `Undone: version ${now.version} has the rules of version ${to} again.` });
      })
      .catch((reason: unknown) => setProblem(shownError(reason)));
  };
  const change = (rule: FormRule) => copy.edit(withRule(copy.text, opened, fromForm(rule)));
  return (
    <>
      <div class="section-head">
        <div>
          <h1>Rules &amp; synonyms</h1>
          <p class="about">
            {current.version === 0
              ? 'Nothing is published yet.'
              : `Version ${current.version} is live, published by ${current.by ?? 'somebody'} ${current.published_at === undefined ? '' : new Date(current.published_at).toLocaleString()}${current.note === '' ? '' : `: ${current.note}`}.`}
          </p>
        </div>
        <div class="head-actions">
          {copy.isChanged && (
            <>
              <span class="about">{changesInWords(changesBetween(copy.baseText, copy.text))}</span>
              <button
                type="button"
                class="button"
                onClick={() => {
                  const { text } = copy;
                  copy.discard();
                  setDone({
                    text: 'The working copy is as published again.',
                    restore: () => copy.edit(text),
                  });
                }}
              >
                Discard changes
              </button>
            </>
          )}
          <button
            type="button"
            class="button primary"
            disabled={!copy.isChanged || !checked.isUsable || copy.base !== current.version}
            onClick={() => setPublishing(true)}
          >
            Publish…
          </button>
        </div>
      </div>

      <nav class="views" aria-label="Views of the rules">
        {VIEWS.map(([name, title]) => (
          <DeskLink
            key={name}
            to={deskPath('rules', name === 'rules' ? {} : { view: name })}
            current={view === name}
          >
            {title}
          </DeskLink>
        ))}
        {findings.length > 0 && <span class={errors > 0 ? 'found error' : 'found'}>{counted(findings)}</span>}
      </nav>

      <div role="status" class="done">
        {done.text !== '' && (
          <p>
            {done.text}{' '}
            {done.restore !== undefined && (
              <button
                type="button"
                class="quiet"
                onClick={() => {
                  done.restore?.();
                  setDone({ text: 'Your changes are back.' });
                }}
              >
                Undo
              </button>
            )}
            {done.undo !== undefined && (
              <button type="button" class="quiet" onClick={() => undo(done.undo ?? 0)}>
                Undo
              </button>
            )}
          </p>
        )}
      </div>
      {problem !== undefined && (
        <p role="alert" class="wrong">
          {problem.message}
        </p>
      )}
      {checked.error !== undefined && <Failure error={checked.error} onRetry={checked.retry} />}
      {copy.base !== current.version && (
        <NewerVersion copy={copy} current={current} onDone={(text) => setDone({ text })} />
      )}
      {lists.problem !== undefined && view !== 'text' && (
        <p role="alert" class="wrong">
          The working copy cannot be read: {lists.problem}{' '}
          <DeskLink to={deskPath('rules', { view: 'text' })}>Correct the text</DeskLink>
        </p>
      )}

      <div class={view === 'versions' ? 'workbench' : 'workbench split'}>
        <div class="working">
          {rule !== undefined && <OpenRule copy={copy} place={opened} raw={rule} findings={findings} />}
          {rule === undefined && view === 'rules' && (
            <RuleList
              text={copy.text}
              lists={lists}
              findings={findings}
              onEdit={copy.edit}
              onDone={(text) => setDone({ text })}
            />
          )}
          {view === 'synonyms' && (
            <Synonyms
              text={copy.text}
              lines={lists.synonyms}
              findings={findings}
              onEdit={copy.edit}
              onDone={(text) => setDone({ text })}
            />
          )}
          {view === 'text' && <TextView text={copy.text} findings={findings} onEdit={copy.edit} />}
          {view === 'versions' && <Versions current={current} onPublished={published} />}
        </div>
        {view !== 'versions' && (
          <Preview
            live={current.version}
            queries={queries}
            onQueries={(next) => {
              const others = Object.fromEntries([...parameters].filter(([name]) => name !== 'q'));
              goTo(deskPath('rules', { ...others, q: next.join('\n') }), { replace: true });
            }}
            text={errors > 0 ? undefined : tried}
            onPin={
              form &&
              ((id) => {
                const pins = [...form.pins.filter((pin) => pin.id !== id)];
                const position = 1 + Math.max(0, ...pins.map((pin) => Number(pin.position) || 0));
                change({ ...form, pins: [...pins, { id, position: String(position) }] });
              })
            }
            onHide={form && ((id) => change({ ...form, hideIds: [...new Set([...form.hideIds, id])] }))}
          />
        )}
      </div>

      {publishing && (
        <PublishDialog
          copy={copy}
          onClose={() => setPublishing(false)}
          onPublished={(now) => published(now, copy.base)}
          onConflict={() => {
            setPublishing(false);
            onReload();
          }}
        />
      )}
    </>
  );
}
