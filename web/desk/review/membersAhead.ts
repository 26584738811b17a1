import { call } from '../../shared/call.js';
import type { Group, Members } from './words.js';

const MAX_MEMBERS = 250;

/** The products of groups, fetched before the groups are shown. */
export class MembersAhead {
  readonly #members = new Map<string, Members>();
  readonly #asked = new Set<string>();

  constructor(
    private readonly category: string | undefined,
    private readonly onChange: () => void,
  ) {}

  /** Undefined until they are there. */
  of(group: Group): Members | undefined {
    return this.#members.get(keyOf(group));
  }

  fetch(groups: readonly Group[]): void {
    const { category } = this;
    for (const group of groups) {
      const key = keyOf(group);
      if (this.#asked.has(key)) continue;
      this.#asked.add(key);
      call('get', '/v1/suggestions/{group}', {
        path: { group: group.group },
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
}

function keyOf({ group, state }: Group): string {
  return `${group} ${state}`;
}
