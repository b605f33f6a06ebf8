import type { HeedError } from '../../errors.ts';
import { eventJson, type HeedEvent } from '../../events/index.ts';
import type { Channel, Connection } from '../../server/channel.ts';
import type { ServerContext } from '../../server/context.ts';
import { HostedSession } from '../../server/hosted-session.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';
import type { Target } from '../../server/target.ts';
import { ChunkPace } from './chunk-pace.ts';
import { WavChunksParser } from './parser.ts';

/**
 * The connection of a recorder that does not know heed's own protocol: it sends WAV files of about half a second, and
 * gets text. It has no message for the end of a recording, so when it sends nothing for a while, the segment is ended.
 */
export class WavChunksConnection implements Connection {
  readonly #channel: Channel;
  readonly #context: ServerContext;
  readonly #parser = new WavChunksParser();
  readonly #pace: ChunkPace;
  /** The first audio opens the session and leads from `idle` to `streaming`. */
  #state: 'authenticating' | 'idle' | 'streaming' | 'closing' = 'authenticating';
  #hosted: HostedSession | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(channel: Channel, context: ServerContext, { token }: Target) {
    this.#channel = channel;
    this.#context = context;
    this.#pace = new ChunkPace(context.gateway.config.server.idleFlushMs);
    if (token !== undefined) this.#begin();
    else channel.expectMessage(context.gateway.config.server.authTimeoutMs);
  }

  async receive(data: Uint8Array, isBinary: boolean): Promise<void> {
    const message = this.#parser.parse(data, isBinary);
    if (message.type === 'auth') this.#authenticate(message.token);
    else await this.#push(message.bytes);
  }

  tell(error: HeedError): void {
    this.#channel.send(eventJson(standAloneErrorEvent(error, this.#channel.id)));
  }

  async quiet(): Promise<void> {
    await this.#hosted?.quiet();
  }

  async end(reason: string): Promise<void> {
    this.#state = 'closing';
    clearTimeout(this.#idleTimer);
    await this.#hosted?.close(reason);
  }

  #authenticate(token: string): void {
    this.#channel.enter(token);
    this.#begin();
  }

  #begin(): void {
    this.#parser.open();
    if (this.#state === 'authenticating') this.#state = 'idle';
  }

  async #push(bytes: Uint8Array): Promise<void> {
    clearTimeout(this.#idleTimer);
    const cameAtMs = this.#context.now();
    this.#hosted ??= await this.#open();
    const beforeMs = this.#hosted.audioMs;
    await this.#hosted.push(bytes);
    if (this.#state !== 'streaming') return;
    const waitMs = this.#pace.waitAfter(this.#hosted.audioMs - beforeMs, cameAtMs);
    this.#idleTimer = setTimeout(() => this.#hosted?.flush(), waitMs);
  }

  async #open(): Promise<HostedSession> {
    const hosted = await HostedSession.open(this.#context, {
      sessionId: this.#channel.id,
      audio: { encoding: 'wav-chunks' },
      language: undefined,
      onEvent: (event) => this.#send(event),
    });
    if (this.#state === 'closing') await hosted.close('disconnected');
    else this.#state = 'streaming';
    return hosted;
  }

  #send(event: HeedEvent): void {
    if (event.type === 'segment.final' && event.text !== '') this.#channel.send(event.text);
    else if (event.type === 'error') this.#channel.send(eventJson(event));
  }
}
