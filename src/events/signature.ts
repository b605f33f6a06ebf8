import { createHmac } from 'node:crypto';

/** What a webhook's signature is computed from. */
export interface SignedDelivery {
  body: string;
  secret: string;
  /** Unix time of the delivery, seconds. */
  timestamp: number;
}

/** Returns the value of the header `heed-signature`: the time, and the HMAC-SHA256 of `<time>.<body>` in hex. */
export function signatureOf({ body, secret, timestamp }: SignedDelivery): string {
  return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
