export const TYPES = {
  enum: 'list of values',
  'number+unit': 'number',
  boolean: 'yes or no',
  text: 'any text',
} as const;

export function isType(text: string): text is keyof typeof TYPES {
  return Object.hasOwn(TYPES, text);
}
