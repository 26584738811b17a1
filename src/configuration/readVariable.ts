import type { z } from 'zod';
import { readYaml } from '../domain/readYaml.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const YES = /^(true|yes|on|1)$/i;
const NO = /^(false|no|off|0)$/i;

/**
 * Parses the text of a variable or flag by its key's schema: a number, `true` or `yes`, `a, b` or `[a, b]` for a
 * list, `null`, `""` for the
 * empty string. Any other text stays a string, which the schema then refuses.
 */
export function readVariable(text: string, json: JsonSchema | boolean): unknown {
  if (typeof json === 'boolean') return text;
  const trimmed = text.trim();
  const kinds = kindsOf(json);
  const of = (type: string): JsonSchema | undefined => kinds.find((kind) => kind.type === type);
  if (of('null') !== undefined && trimmed === 'null') return null;
  if ((of('integer') ?? of('number')) !== undefined && NUMBER.test(trimmed)) return Number(trimmed);
  if (of('boolean') !== undefined && YES.test(trimmed)) return true;
  if (of('boolean') !== undefined && NO.test(trimmed)) return false;
  const list = of('array');
  if (list !== undefined) return listOf(trimmed, list);
  if (of('object') !== undefined) return yamlOf(trimmed);
  if (of('string') !== undefined && trimmed === '""') return '';
  return text;
}

function kindsOf(json: JsonSchema): JsonSchema[] {
  const choices = json.anyOf ?? json.oneOf;
  return choices === undefined ? [json] : choices.flatMap(kindsOf);
}

function listOf(text: string, { items }: JsonSchema): unknown {
  if (text.startsWith('[')) return yamlOf(text);
  const each = typeof items === 'object' && !Array.isArray(items) ? items : true;
  return text.split(',').map((item) => readVariable(item.trim(), each));
}

function yamlOf(text: string): unknown {
  const read = readYaml(text);
  return 'message' in read ? text : read.raw;
}
