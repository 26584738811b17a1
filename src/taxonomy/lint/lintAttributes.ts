import { unitOf } from '../../text/units.js';
import { nameKey } from '../nameKey.js';
import type { Attribute, BooleanAttribute, EnumAttribute, MeasureAttribute } from '../schema.js';
import { type Finding, lintError, lintWarning } from './finding.js';

/** Findings about the ids and the constraints of attributes. `lintCarrying` checks their names. */
export function lintAttributes(attributes: readonly Attribute[]): Finding[] {
  const findings: Finding[] = [];
  const ids = new Set<string>();
  for (const attribute of attributes) {
    const where = `attributes.${attribute.id}`;
    if (ids.has(attribute.id))
      findings.push(
        lintError('duplicate-attribute-id', where, 'another attribute has the same id; give each its own'),
      );
    ids.add(attribute.id);
    if (attribute.id.trim() === '' || attribute.name.trim() === '') {
      findings.push(lintError('attribute-name', where, 'its id or name is blank; write one'));
    }
    if (attribute.type === 'enum') lintValues(attribute, where, findings);
    else if (attribute.type === 'number+unit') lintMeasure(attribute, where, findings);
    else if (attribute.type === 'boolean') lintWords(attribute, where, findings);
  }
  return findings;
}

function lintValues(attribute: EnumAttribute, where: string, findings: Finding[]): void {
  if (attribute.values.length === 0) {
    findings.push(
      lintError(
        'enum-without-values',
        where,
        'it is of type enum and lists no values; list them, or make it text',
      ),
    );
  }
  const names = new Map<string, string>();
  for (const { name } of attribute.values) {
    const key = nameKey(name);
    const other = names.get(key);
    if (key === '')
      findings.push(lintError('blank-value', where, 'one of its values is blank; write or remove it'));
    if (other === undefined) names.set(key, name);
    else {
      const how = other === name ? 'is listed twice' : `has the same normalised name as ${other}`;
      findings.push(
        lintError(
          'duplicate-value',
          `${where}.values.${name}`,
          `the value ${name} ${how}; keep one, the other as its alias`,
        ),
      );
    }
  }
  const aliases = new Map<string, string>();
  for (const { name, aliases: own } of attribute.values) {
    const seen = new Set([name]);
    for (const alias of own) {
      const place = `${where}.values.${name}`;
      const key = nameKey(alias);
      const other = names.get(key) ?? aliases.get(key);
      if (key === '')
        findings.push(lintError('blank-value', place, 'one of its aliases is blank; write or remove it'));
      else if (seen.has(alias))
        findings.push(lintWarning('repeated-alias', place, `the alias ${alias} is redundant; remove it`));
      else if (other !== undefined && other !== name) {
        findings.push(
          lintError(
            'ambiguous-value-alias',
            place,
            `the alias ${alias} is also a name of ${other}; remove it from one`,
          ),
        );
      }
      seen.add(alias);
      if (!aliases.has(key)) aliases.set(key, name);
    }
  }
}

function lintMeasure({ unit, min, max }: MeasureAttribute, where: string, findings: Finding[]): void {
  if (unit !== undefined && unitOf(unit) === undefined) {
    findings.push(
      lintError(
        'unknown-unit',
        where,
        `the unit ${unit} is not known; use one such as cm, kg, GB or pcs, or none`,
      ),
    );
  }
  if (min !== undefined && max !== undefined && min > max) {
    findings.push(
      lintError(
        'min-above-max',
        where,
        `its minimum ${min} is greater than its maximum ${max}; correct or swap them`,
      ),
    );
  }
}

function lintWords(attribute: BooleanAttribute, where: string, findings: Finding[]): void {
  const yes = new Set(attribute.true.map(nameKey));
  const both = attribute.false.find((word) => yes.has(nameKey(word)));
  if (both !== undefined)
    findings.push(
      lintError(
        'word-says-both',
        where,
        `${both} means both true and false; remove it from one of the lists`,
      ),
    );
}
