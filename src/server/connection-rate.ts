import { HeedError } from '../errors.ts';
import { Allowance } from './allowance.ts';

/** Addresses remembered; beyond it the ones that have been quiet are forgotten, then the oldest. */
const maxAddresses = 10_000;

/** Bounds how often one address may connect or show a wrong token. */
export class ConnectionRate {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #byAddress = new Map<string, Allowance>();

  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** @throws HeedError `too-many` */
  count(address: string): void {
    let allowance = this.#byAddress.get(address);
    if (!allowance) {
      if (this.#byAddress.size >= maxAddresses) this.#forget();
      allowance = new Allowance({ burst: this.#perMinute, perMs: this.#perMinute / 60_000, now: this.#now });
      this.#byAddress.set(address, allowance);
    }
    if (!allowance.take(1)) {
      throw new HeedError(
        'too-many',
        `At most ${this.#perMinute} connections a minute are taken from one address. Wait, or raise server.maxConnectionsPerMinute.`,
      );
    }
  }

  #forget(): void {
    for (const [address, allowance] of this.#byAddress) if (allowance.isFull) this.#byAddress.delete(address);
    for (const address of this.#byAddress.keys()) {
      if (this.#byAddress.size < maxAddresses) return;
      this.#byAddress.delete(address);
    }
  }
}
