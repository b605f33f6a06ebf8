import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/index.ts';
import { HeedError } from '../../errors.ts';
import { isLoopback } from '../access.ts';
import { hostsOf, ownCertificate, type KeyPair } from './own-certificate.ts';
import { machineNames, networkAddresses } from './own-names.ts';

/** Which certificate the server shows. */
export interface ChosenCertificate extends KeyPair {
  /** `own` is the one that heed made, which browsers do not know. */
  from: 'own' | 'files';
  /** The names that the certificate of a file is for, and that the server therefore goes by. */
  names: readonly string[];
}

/** What the choice depends on. */
export interface ChooseOptions {
  /** Folder of our own certificate. */
  dir: string;
  /** The certificate that is shown now, if any. */
  current?: KeyPair | undefined;
  log: (line: string) => void;
}

/**
 * Returns the certificate to serve HTTPS with: that of the files that the options name or, where other machines can
 * come, one of our own. Returns undefined where plain HTTP is served.
 * @throws HeedError `bad-config` when the files cannot be read or do not belong together
 */
export async function chooseCertificate(
  { host, tls, tlsCert, tlsKey, allowedHosts }: Config['server'],
  { dir, current, log }: ChooseOptions,
): Promise<ChosenCertificate | undefined> {
  if (tls === 'off') return undefined;
  if (tlsCert !== '') {
    const keyPair = await readFiles(tlsCert, tlsKey);
    const names = hostsOf(new X509Certificate(keyPair.cert)).filter((name) => !name.includes('*'));
    return { ...keyPair, from: 'files', names };
  }
  if (isLoopback(host)) return undefined;
  const listening = isWildcard(host) ? networkAddresses() : [host];
  const hosts = ['localhost', '127.0.0.1', '::1', ...listening, ...machineNames(), ...allowedHosts];
  return { ...(await ownCertificate({ dir, hosts: [...new Set(hosts)], current, log })), from: 'own', names: [] };
}

/** Whether a host means every address of this machine. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '';
}

async function readFiles(certFile: string, keyFile: string): Promise<KeyPair> {
  try {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
    const { createSecureContext } = await import('node:tls');
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (cause) {
    throw new HeedError(
      'bad-config',
      `server.tlsCert and server.tlsKey must name a certificate and its private key as PEM; with ${certFile} and ` +
        `${keyFile} that failed: ${(cause as Error).message}`,
      { cause },
    );
  }
}
