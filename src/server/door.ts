import type { Socket } from 'node:net';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { Access } from './access.ts';
import { ConnectionRate } from './connection-rate.ts';
import { Strangers } from './strangers.ts';

/** How many connections a wrong token counts for. Whoever shows the right one meanwhile is let in all the same. */
const connectionsPerWrongToken = 48;

/** Connections without a token that are held at the same time. */
export const maxStrangers = 64;

/** Lets clients in that show the token, and bounds what all others may cost. */
export class Door {
  readonly strangers = new Strangers(maxStrangers);
  readonly #access: Access;
  readonly #connections: ConnectionRate;
  readonly #wrongTokens: ConnectionRate;

  constructor(access: Access, { maxConnectionsPerMinute }: Config['server'], now: () => number) {
    this.#access = access;
    this.#connections = new ConnectionRate(maxConnectionsPerMinute, now);
    this.#wrongTokens = new ConnectionRate(Math.ceil(maxConnectionsPerMinute / connectionsPerWrongToken), now);
  }

  /**
   * Checks the token of a request.
   * @throws HeedError `unauthorized`, or `too-many` when its address has shown too many wrong ones
   */
  checkToken(client: Socket, token: string | undefined): void {
    const { remoteAddress = '' } = client;
    try {
      this.#access.checkToken(token);
    } catch (error) {
      if (token !== undefined && !this.#wrongTokens.take(remoteAddress))
        throw new HeedError('too-many', 'Too many wrong tokens have come from this address. Wait a minute.');
      throw error;
    }
    this.strangers.welcome(client);
  }

  /**
   * Checks the token of a connection that stays open.
   * @throws HeedError like `checkToken`, and `too-many` when its address has opened too many connections
   */
  enter(client: Socket, token: string | undefined): void {
    this.checkToken(client, token);
    if (!this.#connections.take(client.remoteAddress ?? ''))
      throw new HeedError(
        'too-many',
        'This is one connection too many of one address in a minute. Wait, or raise server.maxConnectionsPerMinute.',
      );
  }
}
