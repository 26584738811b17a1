import bars from 'cli-progress';
import type { Progress } from '../domain/progress.js';

/** The output of a command: the result goes to standard output, progress and notes to standard error. */
export interface Terminal {
  readonly progress: Progress;
  /** Writes one line to standard error. */
  note(line: string): void;
  /** Writes the result: a JSON document with `--json`, otherwise the lines. */
  result(value: unknown, lines: readonly string[]): void;
  /** Ends an open progress bar. */
  settle(): void;
}

/** On a terminal each step has a progress bar with rate and time left; otherwise a plain line when it ends. */
export function openTerminal(options: { json?: boolean | undefined }): Terminal {
  const steps = process.stderr.isTTY ? new BarSteps() : new LineSteps();
  return {
    progress: (step, done, total) => steps.at(step, done, total),
    note: (line) => {
      steps.end();
      process.stderr.write(`${line}\n`);
    },
    result: (value, lines) => {
      steps.end();
      process.stdout.write(
        options.json === true ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''),
      );
    },
    settle: () => steps.end(),
  };
}

interface Steps {
  at(step: string, done: number, total: number | undefined): void;
  end(): void;
}

class BarSteps implements Steps {
  private bar: bars.SingleBar | undefined;
  private step = '';
  private pace = new Pace(0);

  at(step: string, done: number, total: number | undefined): void {
    if (step !== this.step || this.bar === undefined) {
      this.end();
      this.step = step;
      this.pace = new Pace(done);
      this.bar = new bars.SingleBar(
        {
          format: '{step} {bar} {percentage}% · {value}/{total} · {rate}/s · {left} left',
          stream: process.stderr,
          hideCursor: true,
          barsize: 30,
        },
        bars.Presets.shades_classic,
      );
      this.bar.start(total ?? done, 0, { step: step.padEnd(10), rate: '…', left: '…' });
    }
    this.bar.setTotal(total ?? Math.max(done, 1));
    this.bar.update(done, { rate: this.pace.rate(done), left: this.pace.left(done, total) });
  }

  end(): void {
    this.bar?.stop();
    this.bar = undefined;
    this.step = '';
  }
}

class LineSteps implements Steps {
  private step = '';
  private done = 0;
  private pace = new Pace(0);

  at(step: string, done: number): void {
    if (step !== this.step) {
      this.end();
      this.step = step;
      this.pace = new Pace(done);
    }
    this.done = done;
  }

  end(): void {
    if (this.step === '') return;
    process.stderr.write(
      `${this.step}: ${this.done} in ${this.pace.seconds().toFixed(1)} s (${this.pace.rate(this.done)}/s)\n`,
    );
    this.step = '';
  }
}

/** The speed of a step since its first report. */
class Pace {
  private readonly since = performance.now();

  constructor(private readonly from: number) {}

  seconds(): number {
    return (performance.now() - this.since) / 1000;
  }

  rate(done: number): string {
    return done === this.from ? '…' : Math.round((done - this.from) / this.seconds()).toLocaleString('en');
  }

  left(done: number, total: number | undefined): string {
    if (total === undefined || done === this.from) return '…';
    const seconds = Math.ceil((this.seconds() / (done - this.from)) * (total - done));
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
}
