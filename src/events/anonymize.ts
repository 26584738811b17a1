import { createHmac } from 'node:crypto';

/** Bytes of a hashed id that are kept: two of a billion ids share one with a probability of 1 in 150,000 million. */
const KEPT_BYTES = 16;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MAIL = /[^\s@<>"',;:]{1,64}@[^\s@<>"',;:]{1,255}/gu;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
const IPV6 = /(?<![\p{L}\p{N}:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\p{L}\p{N}:])/giu;
/** Telephone, card and account numbers: nine digits and more, also in groups. GTINs have no groups, and are kept. */
const GROUPED_DIGITS = /(?<![\p{L}\p{N}])\+?\(?\d[\d()/]*(?:[\s.-]\(?\d[\d()/]*){1,}(?![\p{L}\p{N}])/gu;
const MIN_PRIVATE_DIGITS = 9;
const PHONE = /(?<![\p{L}\p{N}])(?:\+|00)\d{8,15}(?!\d)/gu;
/** A card number without groups; GTINs have at most 14 digits. */
const CARD = /(?<!\d)\d{15,19}(?!\d)/g;
const HIDDEN = '…';

/**
 * An id of a shopper, a session or an order as a keyed hash (HMAC-SHA-256, RFC 2104): events of one shopper still belong
 * together, but an e-mail address that a shop sends as an id is not stored. `salt` is the store's own.
 */
export function hashId(id: string, salt: Buffer): string {
  return createHmac('sha256', salt).update(id).digest().subarray(0, KEPT_BYTES).toString('base64url');
}

/** The id of a search as it is, if it is random as ours are; else hashed. */
export function anonymizeQueryId(id: string, salt: Buffer): string {
  return UUID.test(id) ? id : hashId(id, salt);
}

/** A text without e-mail addresses, network addresses, and numbers long enough for a telephone or a card. */
export function maskPersonalData(text: string): string {
  return text
    .replace(MAIL, HIDDEN)
    .replace(IPV4, HIDDEN)
    .replace(IPV6, HIDDEN)
    .replace(PHONE, HIDDEN)
    .replace(CARD, HIDDEN)
    .replace(GROUPED_DIGITS, (digits) =>
      digits.replace(/\D/g, '').length >= MIN_PRIVATE_DIGITS ? HIDDEN : digits,
    );
}
