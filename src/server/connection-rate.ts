import { Allowance } from './allowance.ts';

/** The most addresses remembered. Beyond that, those with a full allowance are forgotten first, then the oldest. */
const maxAddresses = 10_000;

/** Limits how often one address may do something. */
export class ConnectionRate {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #byAddress = new Map<string, Allowance>();

  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Counts one time. Returns false when the address has used up its allowance. */
  take(address: string): boolean {
    let allowance = this.#byAddress.get(address);
    if (!allowance) {
      if (this.#byAddress.size >= maxAddresses) this.#forget();
      allowance = new Allowance({ burst: this.#perMinute, perMs: this.#perMinute / 60_000, now: this.#now });
      this.#byAddress.set(address, allowance);
    }
    return allowance.take(1);
  }

  #forget(): void {
    for (const [address, allowance] of this.#byAddress) if (allowance.isFull) this.#byAddress.delete(address);
    for (const address of this.#byAddress.keys()) {
      if (this.#byAddress.size < maxAddresses) return;
      this.#byAddress.delete(address);
    }
  }
}
