import type { ComponentType } from 'preact';

export interface Section {
  /** In the address: /desk/<name>. */
  readonly name: string;
  readonly title: string;
  /** Fetches the code of the section when it is opened first. */
  readonly load: () => Promise<ComponentType>;
}

/** In the order of the navigation. */
export const SECTIONS: readonly Section[] = [
  { name: 'jobs', title: 'Jobs', load: async () => (await import('./jobs/JobsPage.js')).JobsPage },
];
