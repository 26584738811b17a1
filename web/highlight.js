import { element } from './element.js';

/** @import { Hit } from './api.js' */

/** The entities that the service writes. @type {Record<string, string>} */
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const MATCH = /<em>(.*?)<\/em>/gs;

/**
 * A field of a hit with the words of the query marked. The service sends HTML; it is taken apart here and becomes text
 * and `mark` elements, so that no markup of a catalog can reach the page.
 * @param {Hit} hit
 * @param {string} field
 * @returns {(Node | string)[] | undefined} undefined if the field has no match
 */
export function highlighted({ _highlight }, field) {
  const html = _highlight?.[field];
  if (typeof html !== 'string') return undefined;
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const match of html.matchAll(MATCH)) {
    parts.push(decoded(html.slice(at, match.index)), element('mark', {}, decoded(match[1] ?? '')));
    at = match.index + match[0].length;
  }
  return [...parts, decoded(html.slice(at))];
}

/** @param {string} html */
function decoded(html) {
  return html.replace(/&(#?\w+);/g, (entity, name) => ENTITIES[name] ?? entity);
}
