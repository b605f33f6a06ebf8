import type { Server } from 'node:http';
import type { ChosenCertificate } from './choose-certificate.ts';
import { fingerprintOf, type KeyPair } from './own-certificate.ts';
import { TlsFront } from './tls-front.ts';

/** How often it is checked whether the certificate is still the right one, ms. */
const checkEveryMs = 60_000;

/** An HTTP server that speaks HTTPS. */
export interface Secured {
  front: TlsFront;
  /** The SHA-256 fingerprint of a certificate that heed made. */
  fingerprint: string | undefined;
  /** Ends the checks of the certificate. */
  stop(): void;
}

/**
 * Makes an HTTP server speak HTTPS. While it runs, another certificate takes over by itself: a renewed file, or one of
 * our own for an address that this machine has got since.
 */
export function secure(
  http: Server,
  first: ChosenCertificate,
  options: { choose: (current: KeyPair) => Promise<ChosenCertificate | undefined>; log: (line: string) => void },
): Secured {
  const front = new TlsFront(http, first);
  let shown = first;
  const check = async (): Promise<void> => {
    const now = await options.choose(shown);
    if (!now || now.cert === shown.cert) return;
    front.renew(now);
    shown = now;
  };
  const timer = setInterval(() => {
    check().catch((error: unknown) => options.log(`The certificate stays as it is: ${(error as Error).message}`));
  }, checkEveryMs);
  timer.unref();
  return {
    front,
    fingerprint: first.from === 'own' ? fingerprintOf(first.cert) : undefined,
    stop: () => clearInterval(timer),
  };
}
