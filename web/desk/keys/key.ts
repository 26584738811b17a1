import type { Answer } from '../../shared/call.js';

export type Key = Answer<'/v1/keys', 'get'>['keys'][number];

export const SCOPES: Readonly<Record<Key['scope'], string>> = {
  search: 'Search only: for a shop’s pages',
  write: 'Also the merchandiser’s work: products, review, rules',
  admin: 'Everything: also keys, settings, reindexing',
};

export function nameOf({ name, id }: Key): string {
  return name === '' ? id : name;
}
