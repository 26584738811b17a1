import { ApiError, call } from '../../shared/call.js';
import type { Group, Value } from './words.js';

export type Action = 'accept' | 'reject' | 'correct';

/** A decision taken on this page. */
export interface Taken {
  readonly key: number;
  readonly action: Action;
  readonly group: Group;
  /** Where it stood in the list. */
  readonly place: number;
  readonly value: Value | undefined;
  readonly except: readonly string[];
  /** Products that it settles. */
  readonly count: number;
  state: 'waiting' | 'made' | 'failed' | 'undoing' | 'undone';
  /** Its number in the log, once made. */
  decision?: number;
  /** Why it failed, or why its undo did. */
  error?: string;
}

export type Task =
  | { readonly kind: 'decide' | 'undo'; readonly taken: Taken }
  | { readonly kind: 'logged'; readonly decision: number };

interface Listener {
  readonly onChange: () => void;
  readonly onDone: (task: Task) => void;
  readonly onRefused: (task: Task, error: ApiError) => void;
  /** Everything is sent, and nothing came for a moment. */
  readonly onIdle: () => void;
}

const IDLE_MS = 300;

/** Sends decisions and their undoing one after the other. */
export class DecisionSender {
  /** Why nothing is sent at the moment: the service does not answer, or requires another key. */
  problem: ApiError | undefined;

  readonly #tasks: Task[] = [];
  #sending = false;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(
    private readonly category: string | undefined,
    private readonly by: () => string,
    private readonly listener: Listener,
  ) {}

  get unsent(): number {
    return this.#tasks.length;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#idle);
  }

  add(task: Task): void {
    clearTimeout(this.#idle);
    this.#tasks.push(task);
    void this.send();
  }

  /** Whether the decision was not sent yet, so that it never will be. */
  withdraw(taken: Taken): boolean {
    const waiting = this.#tasks.findIndex((task, place) => {
      const inFlight = this.#sending && place === 0;
      return task.kind === 'decide' && task.taken === taken && !inFlight;
    });
    if (waiting < 0) return false;
    this.#tasks.splice(waiting, 1);
    return true;
  }

  async send(): Promise<void> {
    if (this.#sending || this.problem !== undefined) return;
    this.#sending = true;
    for (let task = this.#tasks[0]; task !== undefined && !this.#closed; task = this.#tasks[0]) {
      try {
        await this.#do(task);
        this.listener.onDone(task);
      } catch (error) {
        const failure = error instanceof ApiError ? error : new ApiError(0, 'It could not be sent.', []);
        if (!isRefusal(failure)) {
          this.problem = failure;
          break;
        }
        this.listener.onRefused(task, failure);
      }
      this.#tasks.shift();
      this.listener.onChange();
    }
    this.#sending = false;
    this.listener.onChange();
    // Not in the middle of a fast series of decisions.
    if (this.#tasks.length === 0 && !this.#closed) this.#idle = setTimeout(this.listener.onIdle, IDLE_MS);
  }

  async #do(task: Task): Promise<void> {
    const by = this.by();
    if (task.kind === 'logged') {
      await decide({ action: 'undo', decision: task.decision }, by);
      return;
    }
    const { taken } = task;
    if (task.kind === 'undo') {
      // Its decision was refused, so there is nothing to take back.
      if (taken.decision === undefined) return;
      await decide({ action: 'undo', decision: taken.decision }, by);
      taken.state = 'undone';
      return;
    }
    const { action, group, value, except } = taken;
    const { category } = this;
    taken.decision = await decide(
      {
        ...{ action, group: group.group, shown: group.state },
        ...(value !== undefined && { value }),
        ...(except.length > 0 && { except: [...except] }),
        ...(category !== undefined && { category }),
      },
      by,
    );
    if (taken.state === 'waiting') taken.state = 'made';
  }
}

type Decision = NonNullable<Parameters<typeof call<'post', '/v1/suggestions/decide'>>[2]>['body'] extends
  | { decisions: (infer One)[] }
  | undefined
  ? One
  : never;

/** Sends one decision; its number in the log. */
async function decide(decision: Decision, by: string): Promise<number> {
  const { decisions } = await call('post', '/v1/suggestions/decide', { body: { decisions: [decision], by } });
  return decisions[0]?.decision ?? 0;
}

/** Whether the service will answer the same again; anything else may be better in a moment, or with another key. */
function isRefusal({ status }: ApiError): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
}
