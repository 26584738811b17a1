import type { Answer } from '../../shared/call.js';
import type { Group } from './words.js';

export type Listed = Answer<'/v1/suggestions', 'get'>;

export const PAGE = 100;
/** More groups are added when so few are left. */
const LOW = 30;

/** The groups to decide about, in their order, with what is left in all and by field, and the selected one. */
export class OpenGroups {
  list: Group[] = [];
  fields: Listed['fields'] = [];
  /** Left to decide, over all pages. */
  left = { groups: 0, suggestions: 0 };
  selected: string | undefined;

  get group(): Group | undefined {
    return this.list.find(({ group }) => group === this.selected);
  }

  /** Places of the selected group and of those after it. */
  from(many: number): readonly Group[] {
    const place = Math.max(0, this.placeOf(this.selected));
    return this.list.slice(place, place + many);
  }

  placeOf(group: string | undefined): number {
    return this.list.findIndex((one) => one.group === group);
  }

  /** Takes a group of which `count` products are settled out of the list; the next one is selected. */
  leave(group: Group, count: number): void {
    const place = this.list.indexOf(group);
    this.list = this.list.filter((one) => one !== group);
    this.#count(group, -count);
    this.selected = (this.list[place] ?? this.list.at(-1))?.group;
  }

  /** The opposite of `leave`. */
  bringBack(group: Group, place: number, count: number): void {
    this.list = this.list.filter((one) => one.group !== group.group);
    this.list.splice(place, 0, group);
    this.#count(group, count);
  }

  /**
   * What the service has now: known groups as they are, and new ones where few are left or more are wanted. Returns the
   * groups that are in another state than they were.
   */
  refresh(answer: Listed, page: number, wantsMore: boolean): string[] {
    const fresh = new Map(answer.groups.map((group) => [group.group, group]));
    const isWhole = answer.total <= PAGE && page === 1;
    const changed: string[] = [];
    this.list = this.list.flatMap((known) => {
      const found = fresh.get(known.group);
      fresh.delete(known.group);
      if (found !== undefined && found.state !== known.state) changed.push(known.group);
      return found ?? (isWhole ? [] : known);
    });
    if (this.list.length < LOW || wantsMore) this.list.push(...fresh.values());
    this.left = { groups: answer.total, suggestions: answer.suggestions };
    this.fields = answer.fields;
    if (this.group === undefined) this.selected = this.list[0]?.group;
    return changed;
  }

  /** At once, before the service says so: what is left in all and in the field of the group. */
  #count({ field, count }: Group, suggestions: number): void {
    const groups = Math.abs(suggestions) === count ? Math.sign(suggestions) : 0;
    this.left = {
      groups: this.left.groups + groups,
      suggestions: this.left.suggestions + suggestions,
    };
    this.fields = this.fields.map((one) =>
      one.field === field
        ? { ...one, groups: one.groups + groups, suggestions: one.suggestions + suggestions }
        : one,
    );
  }
}
