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
  {
    name: 'overview',
    title: 'Overview',
    load: async () => (await import('./overview/OverviewPage.js')).OverviewPage,
  },
  { name: 'review', title: 'Review', load: async () => (await import('./review/ReviewPage.js')).ReviewPage },
  {
    name: 'upload',
    title: 'Upload',
    load: async () => (await import('./upload/UploadPage.js')).UploadPage,
  },
  {
    name: 'cleanup',
    title: 'Clean up',
    load: async () => (await import('./cleanup/CleanupPage.js')).CleanupPage,
  },
  {
    name: 'taxonomy',
    title: 'Taxonomy',
    load: async () => (await import('./taxonomy/TaxonomyPage.js')).TaxonomyPage,
  },
  {
    name: 'rules',
    title: 'Rules & synonyms',
    load: async () => (await import('./rules/RulesPage.js')).RulesPage,
  },
  { name: 'lab', title: 'Search lab', load: async () => (await import('./lab/LabPage.js')).LabPage },
  {
    name: 'experiments',
    title: 'Experiments',
    load: async () => (await import('./experiments/ExperimentsPage.js')).ExperimentsPage,
  },
  { name: 'keys', title: 'Keys', load: async () => (await import('./keys/KeysPage.js')).KeysPage },
  { name: 'jobs', title: 'Jobs', load: async () => (await import('./jobs/JobsPage.js')).JobsPage },
  {
    name: 'settings',
    title: 'Settings',
    load: async () => (await import('./settings/SettingsPage.js')).SettingsPage,
  },
];
