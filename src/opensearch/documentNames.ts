import { createHash } from 'node:crypto';

/** The engine refuses longer ids, in bytes. */
const MAX_ID_BYTES = 512;
const MAX_FIELD_LENGTH = 150;
/** Between the field and the key of a value: neither has it. */
const SEPARATOR = '\u001f';
const HASHED = 'sha256:';
const SAFE = /[^a-z0-9]/gu;
const ATTRIBUTE = 'attributes.';

/** The id of a product's document. Long ids, and those that look like one of ours, are hashed. */
export function documentId(id: string): string {
  if (Buffer.byteLength(id) <= MAX_ID_BYTES && !id.startsWith(HASHED)) return id;
  return HASHED + hashOf(id);
}

/**
 * The name of a product's field inside the engine: letters, digits and underscores only, whatever the merchant called it,
 * so that no name is a path, a pattern or a field of the engine's own. Different fields have different names.
 * `attributes.color` → `a_color`, `group_id` → `f_group_5f_id`.
 */
export function encodeField(field: string): string {
  const isAttribute = field.startsWith(ATTRIBUTE);
  const name = isAttribute ? field.slice(ATTRIBUTE.length) : field;
  const kind = isAttribute ? 'a_' : 'f_';
  const encoded = name.replace(SAFE, (sign) => `_${(sign.codePointAt(0) ?? 0).toString(16)}_`);
  return encoded.length <= MAX_FIELD_LENGTH ? kind + encoded : `h_${hashOf(field)}`;
}

/** How a document holds a value of a field in `values`: the field and the key of the value (see `readCell`). */
export function valueToken(field: string, key: string): string {
  return encodeField(field) + SEPARATOR + key;
}

/** What the tokens of a field begin with. It has no sign that is special in a pattern. */
export function tokenPrefix(field: string): string {
  return encodeField(field) + SEPARATOR;
}

/** The key of a token of this field. */
export function keyOfToken(field: string, token: string): string {
  return token.slice(tokenPrefix(field).length);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
