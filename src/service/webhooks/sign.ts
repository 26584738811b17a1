import { createHmac } from 'node:crypto';

/**
 * The headers that prove where a body comes from: the HMAC-SHA256 of `<timestamp>.<body>` under the shared secret, in
 * hexadecimal, with the time in seconds since 1970, so that a receiver can refuse old requests.
 */
export function signatureHeaders(secret: string, body: string, now = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-shelfwright-timestamp': timestamp, 'x-shelfwright-signature': `sha256=${signature}` };
}
