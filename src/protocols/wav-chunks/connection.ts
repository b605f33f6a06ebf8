import { HeedError } from '../../errors.ts';
import { eventJson, type HeedEvent } from '../../events/index.ts';
import type { Channel, Protocol } from '../../server/channel.ts';
import type { ServerContext } from '../../server/context.ts';
import { HostedSession } from '../../server/hosted-session.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';
import { parseWavChunksMessage } from './parser.ts';

/**
 * A client that knows nothing of heed's own protocol: it sends WAV files of about half a second, and gets text. Its
 * silence says that it stopped recording, so that the last phrase ends too.
 */
export class WavChunksConnection implements Protocol {
  readonly #channel: Channel;
  readonly #context: ServerContext;
  #state: 'authenticating' | 'authenticated' | 'open' | 'closing' = 'authenticating';
  #hosted: HostedSession | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  /** @throws HeedError `unauthorized` for a wrong token in the address */
  constructor(channel: Channel, context: ServerContext, query: URLSearchParams) {
    this.#channel = channel;
    this.#context = context;
    if (query.has('token')) this.#authenticate(query.get('token')!);
    else channel.expectMessage(context.heed.config.server.authTimeoutMs);
  }

  async receive(data: Uint8Array, isBinary: boolean): Promise<void> {
    if (isBinary && this.#state === 'authenticating') {
      throw new HeedError('unauthorized', 'Audio came before the token. Add ?token=… to the address, or send {"type":"auth","token":"…"} first.');
    }
    const message = parseWavChunksMessage(data, isBinary);
    if (message.type === 'auth') return this.#authenticate(message.token);
    if (this.#state === 'authenticating') {
      throw new HeedError('unauthorized', 'Audio came before the token. Add ?token=… to the address, or send {"type":"auth","token":"…"} first.');
    }
    await this.#hear(message.bytes);
  }

  tell(error: HeedError): void {
    this.#channel.send(eventJson(standAloneErrorEvent(error, this.#channel.id)));
  }

  async end(reason: string): Promise<void> {
    this.#state = 'closing';
    clearTimeout(this.#idleTimer);
    await this.#hosted?.close(reason);
  }

  #authenticate(token: string): void {
    this.#context.access.checkToken(token);
    if (this.#state === 'authenticating') this.#state = 'authenticated';
  }

  async #hear(bytes: Uint8Array): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#hosted ??= await this.#open();
    if (this.#state === 'closing') return this.#hosted.close('disconnected');
    await this.#hosted.hear(bytes);
    this.#idleTimer = setTimeout(() => this.#hosted?.flush(), this.#context.heed.config.server.idleFlushMs);
  }

  async #open(): Promise<HostedSession> {
    const hosted = await HostedSession.open(this.#context, {
      sessionId: this.#channel.id, audio: { encoding: 'wav-chunks' }, language: undefined, onEvent: (event) => this.#answer(event),
    });
    if (this.#state === 'authenticated') this.#state = 'open';
    return hosted;
  }

  #answer(event: HeedEvent): void {
    if (event.type === 'segment.final' && event.text !== '') this.#channel.send(event.text);
    else if (event.type === 'error') this.#channel.send(eventJson(event));
  }
}
