import { type Answer, ApiError, call } from '../../shared/call.js';
import { counted, type Group, type Members, shownGroup, type Value } from './words.js';

const PAGE = 100;
/** More groups are fetched when so few are left. */
const LOW = 30;
const MAX_MEMBERS = 250;
/** Groups whose products are fetched before they are shown. */
const AHEAD = 3;
const IDLE_MS = 300;

type Action = 'accept' | 'reject' | 'correct';
type Listed = Answer<'/v1/suggestions', 'get'>;
type Logged = Answer<'/v1/decisions', 'get'>['decisions'][number];

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

export interface Narrowing {
  readonly field?: string;
  readonly category?: string;
}

type Task =
  | { readonly kind: 'decide' | 'undo'; readonly taken: Taken }
  | { readonly kind: 'logged'; readonly decision: number };

/**
 * The groups to decide about and the decisions taken. Decisions show at once and are sent one after the other; what the
 * service refuses comes back into the list.
 */
export class ReviewQueue {
  groups: Group[] = [];
  fields: Listed['fields'] = [];
  /** Left to decide, over all pages. */
  left = { groups: 0, suggestions: 0 };
  selected: string | undefined;
  taken: Taken[] = [];
  /** Decisions from before this visit, newest first. */
  log: Logged[] = [];
  loaded = false;
  /** Why nothing is sent at the moment: the service does not answer, or requires another key. */
  problem: ApiError | undefined;
  /** For people who do not see the list change. */
  said = '';

  readonly #excluded = new Map<string, Set<string>>();
  readonly #members = new Map<string, Members>();
  readonly #asked = new Set<string>();
  readonly #tasks: Task[] = [];
  #sending = false;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #wantsMore = false;
  #keys = 0;

  constructor(
    private readonly narrowing: Narrowing,
    private readonly by: () => string,
    private readonly onChange: () => void,
  ) {}

  get unsent(): number {
    return this.#tasks.length;
  }

  get group(): Group | undefined {
    return this.groups.find(({ group }) => group === this.selected);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#idle);
  }

  /** Reads the list and the log. */
  async load(): Promise<void> {
    await this.#try(async () => {
      const [log] = await Promise.all([
        call('get', '/v1/decisions', { query: { per_page: 20 } }),
        this.#sync(),
      ]);
      const mine = new Set(this.taken.map(({ decision }) => decision));
      this.log = log.decisions.filter(({ decision }) => !mine.has(decision));
    });
  }

  /** The products of a group; undefined until they are there. */
  members({ group, state }: Group): Members | undefined {
    return this.#members.get(`${group} ${state}`);
  }

  excluded(group: string): ReadonlySet<string> {
    return this.#excluded.get(group) ?? new Set();
  }

  toggle(group: string, product: string): void {
    const excluded = new Set(this.excluded(group));
    if (!excluded.delete(product)) excluded.add(product);
    this.#excluded.set(group, excluded);
    this.onChange();
  }

  select(group: string | undefined): void {
    this.selected = group;
    this.#fetchAhead();
    this.onChange();
    const place = this.groups.findIndex((one) => one.group === group);
    if (this.#wantsMore || place < this.groups.length - 5 || this.groups.length >= this.left.groups) return;
    this.#wantsMore = true;
    void this.#try(() => this.#sync());
  }

  move(by: number): void {
    const place = this.groups.findIndex(({ group }) => group === this.selected);
    const next = this.groups[Math.max(0, Math.min(this.groups.length - 1, place + by))];
    if (next !== undefined) this.select(next.group);
  }

  /** Decides about the selected group; the next one is selected at once. */
  decide(action: Action, value?: Value): void {
    const { group } = this;
    if (group === undefined) return;
    const place = this.groups.indexOf(group);
    const except = [...this.excluded(group.group)];
    const count = group.count - except.length;
    if (count === 0) {
      this.#say('Every product is left out: include at least one, or go on with the next group.');
      return;
    }
    const taken: Taken = {
      ...{ key: ++this.#keys, action, group, place, value, except, count },
      state: 'waiting',
    };
    this.taken = [taken, ...this.taken];
    this.#leave(group, count);
    this.#say(`${verb(action)} ${shownGroup(group)}, ${counted(count, 'product')}.`);
    this.#add({ kind: 'decide', taken });
  }

  /** Takes back a decision; without one, the last that can be taken back. */
  undo(taken = this.taken.find(({ state }) => state === 'waiting' || state === 'made')): void {
    if (taken === undefined) {
      this.#say('Nothing to undo.');
      return;
    }
    const waiting = this.#tasks.findIndex((task, place) => {
      const inFlight = this.#sending && place === 0;
      return task.kind === 'decide' && task.taken === taken && !inFlight;
    });
    if (waiting >= 0) {
      this.#tasks.splice(waiting, 1);
      taken.state = 'undone';
    } else {
      taken.state = 'undoing';
      this.#add({ kind: 'undo', taken });
    }
    this.#bringBack(taken);
    this.#say(`Undone: ${shownGroup(taken.group)}.`);
  }

  /** Takes back a decision of the log. */
  undoLogged(decision: number): void {
    this.#add({ kind: 'logged', decision });
  }

  retry(): void {
    this.problem = undefined;
    this.onChange();
    if (!this.loaded) void this.load();
    else void this.#send();
  }

  #leave(group: Group, count: number): void {
    // What was left out comes back as a group of the same id.
    this.#excluded.delete(group.group);
    const place = this.groups.indexOf(group);
    this.groups = this.groups.filter((one) => one !== group);
    this.left = {
      groups: this.left.groups - (count === group.count ? 1 : 0),
      suggestions: this.left.suggestions - count,
    };
    this.selected = (this.groups[place] ?? this.groups.at(-1))?.group;
    this.#fetchAhead();
  }

  #bringBack({ group, place, count, except }: Taken): void {
    this.#excluded.set(group.group, new Set(except));
    this.groups = this.groups.filter((one) => one.group !== group.group);
    this.groups.splice(place, 0, group);
    this.left = {
      groups: this.left.groups + (count === group.count ? 1 : 0),
      suggestions: this.left.suggestions + count,
    };
    this.select(group.group);
  }

  #say(message: string): void {
    this.said = message;
    this.onChange();
  }

  #add(task: Task): void {
    clearTimeout(this.#idle);
    this.#tasks.push(task);
    void this.#send();
  }

  async #send(): Promise<void> {
    if (this.#sending || this.problem !== undefined) return;
    this.#sending = true;
    for (let task = this.#tasks[0]; task !== undefined && !this.#closed; task = this.#tasks[0]) {
      try {
        await this.#do(task);
      } catch (error) {
        const failure = error instanceof ApiError ? error : new ApiError(0, 'It could not be sent.', []);
        if (!isRefusal(failure)) {
          this.problem = failure;
          break;
        }
        this.#refused(task, failure);
      }
      this.#tasks.shift();
      this.onChange();
    }
    this.#sending = false;
    this.onChange();
    // Not in the middle of a fast series of decisions.
    if (this.#tasks.length === 0 && !this.#closed)
      this.#idle = setTimeout(() => void this.#try(() => this.#sync()), IDLE_MS);
  }

  async #do(task: Task): Promise<void> {
    const by = this.by();
    if (task.kind === 'logged') {
      await decide({ action: 'undo', decision: task.decision }, by);
      this.log = this.log.map((one) => (one.decision === task.decision ? { ...one, undone_by: 0 } : one));
      this.#say(`Decision ${task.decision} is undone.`);
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
    const { category } = this.narrowing;
    const made = await decide(
      {
        ...{ action, group: group.group, shown: group.state },
        ...(value !== undefined && { value }),
        ...(except.length > 0 && { except: [...except] }),
        ...(category !== undefined && { category }),
      },
      by,
    );
    taken.decision = made;
    if (taken.state === 'waiting') taken.state = 'made';
  }

  /** Says so, and brings the group back as it is now. */
  #refused(task: Task, { message }: ApiError): void {
    if (task.kind === 'logged') {
      this.#say(`Decision ${task.decision} was not undone: ${message}`);
      return;
    }
    const { taken } = task;
    taken.error = message;
    if (task.kind === 'undo') {
      taken.state = 'made';
      this.#leave(taken.group, taken.count);
      this.#say(`Not undone: ${message}`);
      return;
    }
    const selected = this.selected;
    taken.state = 'failed';
    this.#bringBack(taken);
    if (selected !== undefined) this.selected = selected;
    this.#say(`Not decided, ${shownGroup(taken.group)}: ${message}`);
  }

  /** Reads the list again: the counts as they are, groups that have changed, and more groups where few are left. */
  async #sync(): Promise<void> {
    const page = Math.floor(this.groups.length / PAGE) + 1;
    const answer = await call('get', '/v1/suggestions', {
      query: { ...this.narrowing, per_page: PAGE, page },
    });
    // A decision taken meanwhile makes the answer outdated; there is another one after it.
    if (this.#closed || this.#tasks.length > 0) return;
    const fresh = new Map(answer.groups.map((group) => [group.group, group]));
    const isWhole = answer.total <= PAGE && page === 1;
    this.groups = this.groups.flatMap((known) => {
      const found = fresh.get(known.group);
      fresh.delete(known.group);
      if (found !== undefined && found.state !== known.state) this.#excluded.delete(known.group);
      return found ?? (isWhole ? [] : known);
    });
    if (this.groups.length < LOW || this.#wantsMore || !this.loaded) this.groups.push(...fresh.values());
    this.#wantsMore = false;
    this.left = { groups: answer.total, suggestions: answer.suggestions };
    this.fields = answer.fields;
    this.loaded = true;
    if (this.group === undefined) this.selected = this.groups[0]?.group;
    this.#fetchAhead();
    this.onChange();
  }

  /** Fetches the products of the selected group and of those after it. */
  #fetchAhead(): void {
    const place = this.groups.findIndex(({ group }) => group === this.selected);
    const { category } = this.narrowing;
    for (const { group, state } of this.groups.slice(Math.max(0, place), place + AHEAD)) {
      const key = `${group} ${state}`;
      if (this.#asked.has(key)) continue;
      this.#asked.add(key);
      call('get', '/v1/suggestions/{group}', {
        path: { group },
        query: { per_page: MAX_MEMBERS, ...(category !== undefined && { category }) },
      })
        .then((members) => {
          this.#members.set(key, members);
          this.onChange();
        })
        // The examples of the list are shown instead, and the decision says whether the group is still there.
        .catch(() => this.#asked.delete(key));
    }
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.problem = error instanceof ApiError ? error : new ApiError(0, 'The list could not be read.', []);
    }
    if (!this.#closed) this.onChange();
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

export function verb(action: Action): string {
  return { accept: 'Accepted', reject: 'Rejected', correct: 'Corrected' }[action];
}
