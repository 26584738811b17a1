import { recordLine } from '../convertRow.js';
import { GOOGLE_ATTRIBUTES } from './googleItem.js';

export type FeedFormat = 'tsv' | 'xml';

/** An item as it is written: its values, and ids of products that can be bought instead. */
export interface WrittenItem {
  readonly values: ReadonlyMap<string, string>;
  readonly substitutes: readonly string[];
}

/** How a feed is written: what comes first, each item, and what comes last. */
export interface FeedWriter {
  readonly head: string;
  item(item: WrittenItem): string;
  readonly foot: string;
}

const RELATED = 'related_product';

/**
 * The writer of a format. `related_product` has the sub-attributes relationship_type, identifier_type and identifier
 * (https://support.google.com/merchants/answer/17085213): joined by colons in a table, where several values are joined
 * by commas, and elements of their own in XML.
 */
export function feedWriter(format: FeedFormat, channel: { title: string; link: string }): FeedWriter {
  return format === 'tsv' ? tsvWriter : xmlWriter(channel);
}

const tsvWriter: FeedWriter = {
  head: recordLine([...GOOGLE_ATTRIBUTES, RELATED], 'tsv'),
  item: ({ values, substitutes }) =>
    recordLine(
      [
        ...GOOGLE_ATTRIBUTES.map((name) => values.get(name) ?? ''),
        substitutes.map((id) => `substitute:id:${id}`).join(','),
      ],
      'tsv',
    ),
  foot: '',
};

/** RSS 2.0 with Google's namespace. */
function xmlWriter({ title, link }: { title: string; link: string }): FeedWriter {
  return {
    head: [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">',
      '<channel>',
      `${element('title', title)}${element('link', link)}${element('description', `Products of ${title}`)}`,
      '',
    ].join('\n'),
    item: ({ values, substitutes }) =>
      [
        '<item>',
        ...[...values].map(([name, value]) => element(`g:${name}`, value)),
        ...substitutes.map(related),
        '</item>\n',
      ].join(''),
    foot: '</channel>\n</rss>\n',
  };
}

function related(id: string): string {
  const parts = [
    element('g:relationship_type', 'substitute'),
    element('g:identifier_type', 'id'),
    element('g:identifier', id),
  ];
  return `<g:${RELATED}>${parts.join('')}</g:${RELATED}>`;
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

/** Without characters that XML 1.0 does not allow. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
