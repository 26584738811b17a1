import { useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { Dialog } from '../../shared/Dialog.js';
import { deskPath, goTo, useDeskAddress } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { Failure } from '../Failure.js';
import { TableFrame } from '../TableFrame.js';
import { shownError, useAnswer } from '../useAnswer.js';
import { AdoptDialog } from './AdoptDialog.js';
import { AdoptedRankings } from './AdoptedRankings.js';
import { ReportPanel } from './ReportPanel.js';
import { StartForm } from './StartForm.js';
import { METRICS, type Stored } from './words.js';
import './experiments.css';

/** Which configuration is better, by what shoppers do. */
export function ExperimentsPage() {
  const { parameters } = useDeskAddress();
  const { answer, error, reload } = useAnswer('experiments', (signal) =>
    call('get', '/v1/experiments', { signal }),
  );
  const [stopping, setStopping] = useState<string>();
  const [adopting, setAdopting] = useState<string>();
  const [adoptions, setAdoptions] = useState(0);
  const [done, setDone] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const experiments = answer?.experiments ?? [];
  const running = experiments.find(({ stopped }) => stopped === null);
  const wanted = parameters.get('name') ?? running?.experiment.name ?? experiments[0]?.experiment.name;
  const shown = experiments.find(({ experiment }) => experiment.name === wanted);
  const stop = (name: string) => {
    setStopping(undefined);
    call('post', '/v1/experiments/{name}/stop', { path: { name } })
      .then(() => {
        setDone(`The experiment ${name} is stopped: all shoppers get what serves.`);
        setProblem(undefined);
        reload();
      })
      .catch((reason: unknown) => setProblem(shownError(reason)));
  };
  return (
    <>
      <div class="section-head">
        <h1>Experiments</h1>
      </div>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer !== undefined && (
        <div class="experiments-page">
          <div role="status" class="done">
            {done !== '' && <p>{done}</p>}
          </div>
          {problem !== undefined && (
            <p role="alert" class="wrong">
              {problem.message}
            </p>
          )}
          {shown !== undefined && (
            <ReportPanel
              key={`${shown.experiment.name} ${shown.stopped ?? ''}`}
              name={shown.experiment.name}
              isRunning={shown.stopped === null}
              onStop={() => setStopping(shown.experiment.name)}
              onAdopt={() => setAdopting(shown.experiment.name)}
            />
          )}
          <AdoptedRankings key={adoptions} onUndone={setDone} />
          {experiments.length > 0 && <ExperimentTable experiments={experiments} />}
          {running === undefined && (
            <StartForm
              onStarted={(name) => {
                setDone(`The experiment ${name} runs.`);
                goTo(deskPath('experiments', { name }));
                reload();
              }}
            />
          )}
        </div>
      )}
      {adopting !== undefined && (
        <AdoptDialog
          name={adopting}
          onClose={() => setAdopting(undefined)}
          onAdopted={(note) => {
            setAdopting(undefined);
            setAdoptions((count) => count + 1);
            setDone(`The ranking of ${note} serves from now on.`);
            reload();
          }}
        />
      )}
      {stopping !== undefined && (
        <Dialog class="desk-dialog" labelledBy="stop-title" onClose={() => setStopping(undefined)}>
          <div>
            <h2 id="stop-title">Stop the experiment {stopping}?</h2>
            <p>
              All shoppers get what serves today again, within a second. What was recorded stays, and the
              report with it. It cannot be continued: a new experiment needs another name.
            </p>
            <div class="dialog-actions">
              <button type="button" class="button" onClick={() => setStopping(undefined)}>
                Let it run
              </button>
              <button type="button" class="button danger" onClick={() => stop(stopping)}>
                Stop it
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}

function ExperimentTable({ experiments }: { readonly experiments: readonly Stored[] }) {
  return (
    <TableFrame label="All experiments">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Experiment</th>
            <th scope="col">What decides</th>
            <th scope="col">Shoppers</th>
            <th scope="col">Started</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {experiments.map(({ experiment, started, stopped }) => (
            <tr key={experiment.name}>
              <th scope="row">
                <DeskLink to={deskPath('experiments', { name: experiment.name })}>{experiment.name}</DeskLink>
                {experiment.hypothesis !== '' && (
                  <span class="about hypothesis">{experiment.hypothesis}</span>
                )}
              </th>
              <td>
                {experiment.mode === 'interleaving'
                  ? 'Clicks in mixed results'
                  : METRICS[experiment.target].title}
              </td>
              <td>{experiment.share * 100} %</td>
              <td>{new Date(started).toLocaleDateString()}</td>
              <td>{stopped === null ? 'Running' : `Stopped ${new Date(stopped).toLocaleDateString()}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
