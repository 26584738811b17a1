import type { Command } from 'commander';

type Add = (program: Command) => void;

/** In the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  demo: async () => (await import('./commands/demo.js')).addDemo,
  enrich: async () => (await import('./commands/enrich.js')).addEnrich,
  taxonomy: async () => (await import('./commands/taxonomy.js')).addTaxonomy,
  import: async () => (await import('./commands/import.js')).addImport,
  reindex: async () => (await import('./commands/reindex.js')).addReindex,
  export: async () => (await import('./commands/export.js')).addExport,
  generations: async () => (await import('./commands/generations.js')).addGenerations,
  jobs: async () => (await import('./commands/jobs.js')).addJobs,
  keys: async () => (await import('./commands/keys.js')).addKeys,
  review: async () => (await import('./commands/review.js')).addReview,
  rules: async () => (await import('./commands/rules.js')).addRules,
  serve: async () => (await import('./commands/serve.js')).addServe,
  capacity: async () => (await import('./commands/capacity.js')).addCapacity,
  status: async () => (await import('./commands/status.js')).addStatus,
  search: async () => (await import('./commands/search.js')).addSearch,
  similar: async () => (await import('./commands/similar.js')).addSimilar,
  suggest: async () => (await import('./commands/suggest.js')).addSuggest,
  queries: async () => (await import('./commands/queries.js')).addQueries,
  events: async () => (await import('./commands/events.js')).addEvents,
  experiment: async () => (await import('./commands/experiment.js')).addExperiment,
  synonyms: async () => (await import('./commands/synonyms.js')).addSynonyms,
  learn: async () => (await import('./commands/learn.js')).addLearn,
  evaluate: async () => (await import('./commands/evaluate.js')).addEvaluate,
  audit: async () => (await import('./commands/audit.js')).addAudit,
  spellings: async () => (await import('./commands/spellings.js')).addSpellings,
  backup: async () => (await import('./commands/backup.js')).addBackup,
  restore: async () => (await import('./commands/backup.js')).addRestore,
  config: async () => (await import('./commands/config.js')).addConfig,
};

/**
 * The function that adds the command of that name, or those of all commands if there is no such command. Loading all
 * modules takes longer than many commands run.
 */
export async function loadCommands(name: string | undefined): Promise<Add[]> {
  const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load !== undefined) return [await load()];
  return Promise.all(Object.values(COMMANDS).map((each) => each()));
}
