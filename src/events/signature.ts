import { createHmac } from 'node:crypto';

/** What a webhook's signature is made over. */
export interface SignedDelivery {
  body: string;
  secret: string;
  /** Unix time of the delivery, seconds. */
  timestamp: number;
}

/** Value of the header `heed-signature`: the time, and the HMAC-SHA256 over `<time>.<body>` as hex. */
export function signatureOf({ body, secret, timestamp }: SignedDelivery): string {
  return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
