import { Placeholders } from '../../text/placeholders.js';
import type { Taxonomy } from '../schema.js';
import { type Finding, lintWarning } from './finding.js';

const NOBODY = /^\s*(?:unassigned|nobody|no ?one|todo|none)\b/i;

/** Findings about an owner that is nobody, and about names and values that exports write where there is none. */
export function lintPlaceholders({ owner, attributes, categories }: Taxonomy): Finding[] {
  const placeholders = new Placeholders();
  const findings: Finding[] = [];
  if (NOBODY.test(owner) || placeholders.has(owner)) {
    findings.push(
      lintWarning(
        'unassigned-owner',
        'owner',
        `its owner is ${JSON.stringify(owner)}; name the person or team responsible for it`,
      ),
    );
  }
  const check = (name: string, where: string, what: string): void => {
    if (!placeholders.has(name)) return;
    const message = `${what} ${JSON.stringify(name)} is a placeholder for a missing value; remove it`;
    findings.push(lintWarning('placeholder', where, message));
  };
  for (const category of categories) {
    const where = `categories.${category.id}`;
    for (const name of [category.name, ...category.aliases]) check(name, where, 'the name');
  }
  for (const attribute of attributes) {
    const where = `attributes.${attribute.id}`;
    for (const name of [attribute.name, ...attribute.aliases]) check(name, where, 'the name');
    if (attribute.type !== 'enum') continue;
    for (const { name, aliases } of attribute.values)
      for (const value of [name, ...aliases]) check(value, `${where}.values.${name}`, 'the value');
  }
  return findings;
}
