import { useState } from 'preact/hooks';
import { type Answer, call } from '../../shared/call.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import './settings.css';
import { TableFrame } from '../TableFrame.js';

type Setting = Answer<'/v1/settings', 'get'>['sections'][number]['settings'][number];

/** Every setting with its value and where it comes from. Read only. */
export function SettingsPage() {
  const { answer, error, reload } = useAnswer('settings', (signal) =>
    call('get', '/v1/settings', { signal }),
  );
  const [typed, setTyped] = useState('');
  const [onlyGiven, setOnlyGiven] = useState(false);
  const words = typed.trim().toLowerCase();
  const matches = ({ path, description, from }: Setting) =>
    (!onlyGiven || from !== 'default') && `${path} ${description}`.toLowerCase().includes(words);
  const sections = answer?.sections
    .map((section) => ({ ...section, settings: section.settings.filter(matches) }))
    .filter(({ settings }) => settings.length > 0);
  const all = answer?.sections.flatMap(({ settings }) => settings) ?? [];
  const given = all.filter(({ from }) => from !== 'default').length;
  return (
    <>
      <div class="section-head">
        <h1>Settings</h1>
      </div>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {answer !== undefined && sections !== undefined && (
        <div class="settings-page">
          <p class="about">
            {all.length.toLocaleString()} settings, {given.toLocaleString()} of them given, the others at
            their default.{' '}
            {answer.file === null ? 'No configuration file was read.' : `Configuration file: ${answer.file}.`}{' '}
            Settings are read when the service starts: change one in the file, in the environment or by a
            flag, and start it again.
          </p>
          <div class="settings-filter">
            <label class="field">
              <span>Find a setting</span>
              <input
                type="search"
                autocomplete="off"
                value={typed}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
            </label>
            <label class="only-given">
              <input
                type="checkbox"
                checked={onlyGiven}
                onChange={(event) => setOnlyGiven(event.currentTarget.checked)}
              />
              Only what is given
            </label>
          </div>
          <p role="status" class={sections.length === 0 ? 'about' : 'hidden'}>
            {sections.length === 0
              ? 'No setting matches.'
              : `${sections.reduce((sum, { settings }) => sum + settings.length, 0).toLocaleString()} settings are shown.`}
          </p>
          {sections.map((section) => (
            <section key={section.name} aria-labelledby={`settings-${section.name}`}>
              <h2 id={`settings-${section.name}`}>{section.name}</h2>
              <p class="about">{section.description}</p>
              <TableFrame label={`Settings of ${section.name}`}>
                <table class="table">
                  <thead>
                    <tr>
                      <th scope="col">Setting</th>
                      <th scope="col">Value</th>
                      <th scope="col">From</th>
                      <th scope="col">Allowed</th>
                    </tr>
                  </thead>
                  <tbody>
                    {section.settings.map((setting) => (
                      <tr key={setting.path}>
                        <th scope="row">
                          {setting.path}
                          <span class="about">{setting.description}</span>
                        </th>
                        <td>
                          <code>{JSON.stringify(setting.value)}</code>
                          {setting.from !== 'default' && (
                            <span class="about">default {JSON.stringify(setting.default)}</span>
                          )}
                        </td>
                        <td>
                          {setting.from === 'default' ? (
                            <span class="about">default</span>
                          ) : (
                            <>
                              <span class="badge">{setting.from}</span>
                              <span class="about">{setting.place}</span>
                            </>
                          )}
                        </td>
                        <td>
                          {setting.expected}
                          <span class="about">{setting.variable}</span>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableFrame>
            </section>
          ))}
        </div>
      )}
    </>
  );
}
