import { write, writeSync } from 'node:fs';

/** Characters that may wait to be written; a reader of the log that has stopped must not stop the service. */
const MAX_WAITING = 4 * 1024 * 1024;
const AGAIN_AFTER = 50;
const BUSY = new Set(['EAGAIN', 'EINTR']);

/** What log lines go to. */
export interface LineSink {
  write(line: string): void;
}

/**
 * Writes lines to a file descriptor without waiting for it, in order. Where the reader is too slow, lines are left out
 * and a line says how many.
 */
export class LineWriter implements LineSink {
  #waiting: string[] = [];
  #length = 0;
  #lost = 0;
  #writing: Buffer | undefined;
  readonly #atExit = (): void => this.#finish();

  constructor(
    private readonly descriptor: number,
    private readonly max = MAX_WAITING,
  ) {
    process.once('exit', this.#atExit);
  }

  write(line: string): void {
    if (this.#length + line.length > this.max) {
      this.#lost += 1;
      return;
    }
    if (this.#lost > 0) this.#add(lostLine(this.#lost));
    this.#lost = 0;
    this.#add(line);
    this.#next();
  }

  /** Writes no more at the end of the process; for tests that open many. */
  release(): void {
    process.off('exit', this.#atExit);
  }

  #add(line: string): void {
    this.#waiting.push(line);
    this.#length += line.length;
  }

  #next(): void {
    if (this.#writing !== undefined || this.#waiting.length === 0) return;
    this.#writing = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#length = 0;
    this.#go();
  }

  #go(): void {
    const rest = this.#writing;
    if (rest === undefined) return;
    write(this.descriptor, rest, (error, written) => {
      if (error !== null && BUSY.has(error.code ?? '')) {
        setTimeout(() => this.#go(), AGAIN_AFTER).unref();
        return;
      }
      // Whoever read it has gone: there is nobody left to tell.
      this.#writing = error !== null || written === rest.length ? undefined : rest.subarray(written);
      if (this.#writing === undefined) this.#next();
      else this.#go();
    });
  }

  /** What is still here, as far as it is taken at once. */
  #finish(): void {
    const last = this.#lost > 0 ? [lostLine(this.#lost)] : [];
    const rest = Buffer.from([...this.#waiting, ...last].join(''));
    try {
      if (this.#writing === undefined) writeSync(this.descriptor, rest);
    } catch {
      // The process ends; a log that cannot be written must not keep it.
    }
  }
}

function lostLine(count: number): string {
  const line = { level: 'warn', time: new Date().toISOString(), lost: count, msg: 'log lines left out' };
  return `${JSON.stringify(line)}\n`;
}
