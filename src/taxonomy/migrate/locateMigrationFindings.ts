import { YamlLines } from '../../domain/readYaml.js';
import type { Finding } from '../lint/finding.js';
import type { LocatedFinding } from '../lint/locateFindings.js';
import type { LoadedMigration } from './migration.js';

/** Adds file and line to findings about a migration. */
export function locateMigrationFindings(
  { file, text }: LoadedMigration,
  findings: readonly Finding[],
): LocatedFinding[] {
  const finder = new YamlLines(text);
  return findings.map((finding) => {
    const [, key, index] = /^migration\.(\w+)(?:\[(\d+)\])?$/.exec(finding.where) ?? [];
    if (key === undefined) return finding;
    const line = finder.lineOf(index === undefined ? [key] : [key, Number(index)]);
    return { ...finding, file, ...(line === undefined ? {} : { line }) };
  });
}
