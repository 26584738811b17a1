import { type Answer, ApiError, call } from '../../shared/call.js';
import { counted } from '../../shared/format.js';
import { type Action, DecisionSender, type Taken, type Task } from './decisionSender.js';
import { MembersAhead } from './membersAhead.js';
import { type Listed, OpenGroups, PAGE } from './openGroups.js';
import { type Group, type Members, shownGroup, type Value } from './words.js';

/** Groups whose products are fetched before they are shown. */
const AHEAD = 3;

type Logged = Answer<'/v1/decisions', 'get'>['decisions'][number];

export interface Narrowing {
  readonly field?: string;
  readonly category?: string;
}

/**
 * The groups to decide about and the decisions taken. Decisions show at once and are sent one after the other; what the
 * service refuses comes back into the list.
 */
export class ReviewQueue {
  taken: Taken[] = [];
  /** Decisions from before this visit, newest first. */
  log: Logged[] = [];
  loaded = false;
  /** For people who do not see the list change. */
  said = '';

  readonly #open = new OpenGroups();
  readonly #members: MembersAhead;
  readonly #sender: DecisionSender;
  readonly #excluded = new Map<string, Set<string>>();
  #closed = false;
  #wantsMore = false;
  #keys = 0;

  constructor(
    private readonly narrowing: Narrowing,
    by: () => string,
    private readonly onChange: () => void,
  ) {
    const { category } = narrowing;
    this.#members = new MembersAhead(category, onChange);
    this.#sender = new DecisionSender(category, by, {
      onChange,
      onDone: (task) => this.#done(task),
      onRefused: (task, error) => this.#refused(task, error),
      onIdle: () => void this.#try(() => this.#sync()),
    });
  }

  get groups(): readonly Group[] {
    return this.#open.list;
  }

  get fields(): Listed['fields'] {
    return this.#open.fields;
  }

  /** Left to decide, over all pages. */
  get left(): OpenGroups['left'] {
    return this.#open.left;
  }

  get selected(): string | undefined {
    return this.#open.selected;
  }

  get group(): Group | undefined {
    return this.#open.group;
  }

  get unsent(): number {
    return this.#sender.unsent;
  }

  /** Why nothing is sent at the moment: the service does not answer, or requires another key. */
  get problem(): ApiError | undefined {
    return this.#sender.problem;
  }

  close(): void {
    this.#closed = true;
    this.#sender.close();
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
  members(group: Group): Members | undefined {
    return this.#members.of(group);
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
    this.#open.selected = group;
    this.#fetchAhead();
    this.onChange();
    const { length } = this.groups;
    if (this.#wantsMore || this.#open.placeOf(group) < length - 5 || length >= this.left.groups) return;
    this.#wantsMore = true;
    void this.#try(() => this.#sync());
  }

  move(by: number): void {
    const place = this.#open.placeOf(this.selected);
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
    this.#sender.add({ kind: 'decide', taken });
  }

  /** Takes back a decision; without one, the last that can be taken back. */
  undo(taken = this.taken.find(({ state }) => state === 'waiting' || state === 'made')): void {
    if (taken === undefined) {
      this.#say('Nothing to undo.');
      return;
    }
    if (this.#sender.withdraw(taken)) taken.state = 'undone';
    else {
      taken.state = 'undoing';
      this.#sender.add({ kind: 'undo', taken });
    }
    this.#bringBack(taken);
    this.#say(`Undone: ${shownGroup(taken.group)}.`);
  }

  /** Takes back a decision of the log. */
  undoLogged(decision: number): void {
    this.#sender.add({ kind: 'logged', decision });
  }

  retry(): void {
    this.#sender.problem = undefined;
    this.onChange();
    if (!this.loaded) void this.load();
    else void this.#sender.send();
  }

  #leave(group: Group, count: number): void {
    // What was left out comes back as a group of the same id.
    this.#excluded.delete(group.group);
    this.#open.leave(group, count);
    this.#fetchAhead();
  }

  #bringBack({ group, place, count, except }: Taken): void {
    this.#excluded.set(group.group, new Set(except));
    this.#open.bringBack(group, place, count);
    this.select(group.group);
  }

  #say(message: string): void {
    this.said = message;
    this.onChange();
  }

  #done(task: Task): void {
    if (task.kind !== 'logged') return;
    this.log = this.log.map((one) => (one.decision === task.decision ? { ...one, undone_by: 0 } : one));
    this.#say(`Decision ${task.decision} is undone.`);
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
    const { selected } = this;
    taken.state = 'failed';
    this.#bringBack(taken);
    if (selected !== undefined) this.#open.selected = selected;
    this.#say(`Not decided, ${shownGroup(taken.group)}: ${message}`);
  }

  /** Reads the list again: the counts as they are, groups that have changed, and more groups where few are left. */
  async #sync(): Promise<void> {
    const page = Math.floor(this.groups.length / PAGE) + 1;
    const answer = await call('get', '/v1/suggestions', {
      query: { ...this.narrowing, per_page: PAGE, page },
    });
    // A decision taken meanwhile makes the answer outdated; there is another one after it.
    if (this.#closed || this.unsent > 0) return;
    for (const group of this.#open.refresh(answer, page, this.#wantsMore || !this.loaded))
      this.#excluded.delete(group);
    this.#wantsMore = false;
    this.loaded = true;
    this.#fetchAhead();
    this.onChange();
  }

  #fetchAhead(): void {
    this.#members.fetch(this.#open.from(AHEAD));
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#sender.problem =
        error instanceof ApiError ? error : new ApiError(0, 'The list could not be read.', []);
    }
    if (!this.#closed) this.onChange();
  }
}

export function verb(action: Action): string {
  return { accept: 'Accepted', reject: 'Rejected', correct: 'Corrected' }[action];
}
