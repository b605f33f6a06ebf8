import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { writeWhole } from '../../platform/write-whole.ts';

/** A certificate and its private key, both as PEM. */
export interface KeyPair {
  cert: string;
  key: string;
}

/** What a certificate of our own is for. */
export interface OwnCertificateOptions {
  /** The folder in which it is kept. */
  dir: string;
  /** The names and addresses that it must be valid for. */
  hosts: readonly string[];
  /** The certificate that is shown now, for when none could be kept. */
  current?: KeyPair | undefined;
  now?: Date;
  log: (line: string) => void;
}

const dayMs = 86_400_000;
/** Apple's systems accept no certificate that is valid for longer. */
const validDays = 825;
const renewBeforeDays = 30;
/** Names and addresses of earlier networks stay valid, up to so many in all. */
const maxHosts = 32;

/**
 * Returns this machine's own certificate: the kept one, or a new one where none is kept, it is about to expire, or the
 * machine has got another address or name. A device that has come back to an earlier network needs no new one.
 */
export async function ownCertificate(options: OwnCertificateOptions): Promise<KeyPair> {
  const { dir, hosts, current, now = new Date(), log } = options;
  const kept = (await readKept(dir)) ?? current;
  if (kept && isGood(kept.cert, hosts, now)) return kept;
  const earlier = kept ? hostsOf(new X509Certificate(kept.cert)) : [];
  const made = await makeCertificate([...new Set([...hosts, ...earlier])].slice(0, maxHosts), now);
  try {
    await keep(dir, made);
  } catch (error) {
    log(
      `The certificate cannot be kept in ${dir}, so browsers will warn again after the next start: ` +
        (error as Error).message,
    );
  }
  return made;
}

/** Returns the fingerprint by which a person can recognise the certificate in a browser. */
export function fingerprintOf(cert: string): string {
  return new X509Certificate(cert).fingerprint256;
}

/** Returns the names and addresses that a certificate is valid for. */
export function hostsOf({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName
    .split(', ')
    .map((entry) => entry.replace(/^(DNS|IP Address):/, '').toLowerCase())
    .filter((entry) => entry !== '');
}

async function readKept(dir: string): Promise<KeyPair | undefined> {
  try {
    const cert = await readFile(join(dir, 'cert.pem'), 'utf8');
    const key = await readFile(join(dir, 'key.pem'), 'utf8');
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { cert, key } : undefined;
  } catch {
    // None is kept, or it is damaged: a new one is made.
    return undefined;
  }
}

function isGood(pem: string, hosts: readonly string[], now: Date): boolean {
  const certificate = new X509Certificate(pem);
  const endMs = Date.parse(certificate.validTo);
  const isValid = Date.parse(certificate.validFrom) <= now.getTime() && endMs - now.getTime() > renewBeforeDays * dayMs;
  return isValid && hosts.every((host) => isFor(certificate, host));
}

function isFor(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) > 0 ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;
}

async function makeCertificate(hosts: readonly string[], now: Date): Promise<KeyPair> {
  // Only loaded where a certificate has to be made, because it brings a whole library for them.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'heed on this machine' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A clock that is a little behind must not take it for one of the future.
    notBeforeDate: new Date(now.getTime() - dayMs),
    notAfterDate: new Date(now.getTime() + (validDays - 1) * dayMs),
    extensions: [
      // It vouches for this server alone: whoever trusts it trusts no other site that its key might sign.
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) > 0 ? { type: 7, ip: host } : { type: 2, value: host })),
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** The key is written first: a certificate without its key, after a crash, counts as none. */
async function keep(dir: string, { cert, key }: KeyPair): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await writeWhole(join(dir, 'key.pem'), key, { mode: 0o600 });
  await writeWhole(join(dir, 'cert.pem'), cert, { mode: 0o644 });
}
