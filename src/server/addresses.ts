import type { Config } from '../config/index.ts';
import { isLoopback, urlHost } from './access.ts';
import { isWildcard, type ChosenCertificate } from './tls/choose-certificate.ts';
import { networkAddresses } from './tls/own-names.ts';

/** What the addresses of the page depend on. */
export interface AddressesOptions {
  config: Config['server'];
  port: number;
  token: string;
  certificate: Pick<ChosenCertificate, 'names'> | undefined;
}

/** The addresses of the page, with the token in them. */
export class Addresses {
  /** For the person at this machine. */
  readonly url: string;
  /** For people at other machines, the best one first. */
  readonly networkUrls: readonly string[];

  constructor({ config: { host }, port, token, certificate }: AddressesOptions) {
    const at = (protocol: string, name: string): string => {
      const url = new URL(`${protocol}://${urlHost(name)}:${port}/`);
      url.searchParams.set('token', token);
      return url.href;
    };
    const protocol = certificate ? 'https' : 'http';
    const names = certificate?.names ?? [];
    const listening = isWildcard(host) ? networkAddresses() : isLoopback(host) ? [] : [host];
    this.networkUrls = listening.length === 0 ? [] : [...names, ...listening].map((name) => at(protocol, name));
    // Plain HTTP serves programs on this machine; there, browsers trust it with the microphone.
    const isHere = isLoopback(host) || isWildcard(host);
    this.url = isHere ? at('http', host) : this.networkUrls[0]!;
  }
}
