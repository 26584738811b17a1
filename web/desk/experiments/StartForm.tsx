import { useState } from 'preact/hooks';
import { type ApiError, call } from '../../shared/call.js';
import { shownError, useAnswer } from '../useAnswer.js';
import { isMetric, METRICS, type Metric } from './words.js';

interface Props {
  readonly onStarted: (name: string) => void;
}

const SHARES = [0.1, 0.2, 0.5, 1];
const EFFECT = 0.05;

/** Starts an experiment between what serves and one change, and says how long it takes. */
export function StartForm({ onStarted }: Props) {
  const [name, setName] = useState('');
  const [hypothesis, setHypothesis] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [mode, setMode] = useState<'ab' | 'interleaving'>('ab');
  const [share, setShare] = useState(0.2);
  const [target, setTarget] = useState<Metric>('click_through_rate');
  const [problem, setProblem] = useState<ApiError>();
  const [sending, setSending] = useState(false);
  const { answer: duration } = useAnswer(`duration ${share}`, (signal) =>
    call('get', '/v1/experiments/duration', { query: { share, effect: EFFECT }, signal }),
  );
  const { answer: offered } = useAnswer('offers', (signal) =>
    call('get', '/v1/experiments/offers', { signal }),
  );
  const offers = offered?.offers ?? [];
  const offer = offers.find((one) => one.name === chosen) ?? offers[0];
  const submit = (event: Event) => {
    event.preventDefault();
    if (sending || offer === undefined) return;
    setSending(true);
    // Mixed results are decided by clicks.
    const decides = mode === 'ab' ? target : 'click_through_rate';
    const variants = [{ name: 'serving' }, { name: offer.name, search: offer.search }];
    call('post', '/v1/experiments', {
      body: { name: name.trim(), hypothesis: hypothesis.trim(), mode, share, target: decides, variants },
    })
      .then(() => onStarted(name.trim()))
      .catch((reason: unknown) => setProblem(shownError(reason)))
      .finally(() => setSending(false));
  };
  return (
    <form class="panel start-form" onSubmit={submit}>
      <h2>Start an experiment</h2>
      <label class="field">
        <span>Name, in lower-case letters, digits and hyphens</span>
        <input
          type="text"
          required
          maxLength={63}
          autocomplete="off"
          spellcheck={false}
          placeholder="words-only"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>What you expect, optional</span>
        <input
          type="text"
          maxLength={1000}
          autocomplete="off"
          value={hypothesis}
          onInput={(event) => setHypothesis(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>Compared with what serves today</span>
        <select value={offer?.name ?? ''} onChange={({ currentTarget: { value } }) => setChosen(value)}>
          {offers.map(({ name: value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>How</span>
        <select
          value={mode}
          onChange={({ currentTarget: { value } }) => setMode(value === 'interleaving' ? value : 'ab')}
        >
          <option value="ab">Each shopper gets one of the two</option>
          <option value="interleaving">Results mix the two: far fewer shoppers, clicks only</option>
        </select>
      </label>
      <label class="field">
        <span>Share of the shoppers who take part</span>
        <select value={share} onChange={({ currentTarget: { value } }) => setShare(Number(value))}>
          {SHARES.map((one) => (
            <option key={one} value={one}>
              {one * 100} %
            </option>
          ))}
        </select>
      </label>
      {mode === 'ab' && (
        <label class="field">
          <span>What decides</span>
          <select
            value={target}
            onChange={({ currentTarget: { value } }) => isMetric(value) && setTarget(value)}
          >
            {Object.entries(METRICS).map(([value, { title }]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="about">{durationWords(duration?.sequential_days ?? null, duration?.clients_per_day ?? 0)}</p>
      {problem !== undefined && (
        <p role="alert" class="wrong">
          {problem.message}
        </p>
      )}
      <button type="submit" class="button primary" disabled={sending || offer === undefined}>
        Start it
      </button>
    </form>
  );
}

function durationWords(days: number | null, perDay: number): string {
  if (days === null)
    return 'How long it takes is not known yet: there are no searches with an id of the shopper, or no clicks.';
  const shoppers = `${perDay.toLocaleString()} shoppers a day`;
  return `With ${shoppers}, a change of searches with a click by 5 % shows after about ${days.toLocaleString()} ${days === 1 ? 'day' : 'days'}.`;
}
