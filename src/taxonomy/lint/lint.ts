import { z } from 'zod';
import type { Taxonomy } from '../schema.js';
import { type Finding, lintError } from './finding.js';
import { lintAttributes } from './lintAttributes.js';
import { lintCarrying } from './lintCarrying.js';
import { lintCategories } from './lintCategories.js';
import { lintPlaceholders } from './lintPlaceholders.js';

export type { Finding } from './finding.js';

/** Checks the consistency of a valid taxonomy. Without errors, `viewTaxonomy` resolves names unambiguously. */
export function lintTaxonomy(taxonomy: Taxonomy): Finding[] {
  return [
    ...lintChangelog(taxonomy),
    ...lintCategories(taxonomy.categories),
    ...lintAttributes(taxonomy.attributes),
    ...lintCarrying(taxonomy),
    ...lintPlaceholders(taxonomy),
  ];
}

const calendarDay = z.iso.date();

function lintChangelog({ version, owner, changelog }: Taxonomy): Finding[] {
  const findings: Finding[] = [];
  if (owner.trim() === '')
    findings.push(
      lintError('no-owner', 'owner', 'its owner is blank; name the person or team responsible for it'),
    );
  let newest = '';
  for (const [index, { date }] of changelog.entries()) {
    if (date > newest) newest = date;
    if (calendarDay.safeParse(date).success) continue;
    const message = `the date ${JSON.stringify(date)} is not a date; write it as 2026-11-21`;
    findings.push(lintError('changelog-date', `changelog[${index}]`, message));
  }
  if (!changelog.some((entry) => entry.date === newest && entry.version === version)) {
    const message = `version ${version} is not the newest entry of the changelog (${newest}); add an entry that says what changed`;
    findings.push(lintError('version-without-entry', 'version', message));
  }
  return findings;
}
