import type { HeedError } from '../../errors.ts';
import { commonSession, eventJson, isWanted, type EventFilter, type HeedEvent } from '../../events/index.ts';
import type { Channel, Connection } from '../../server/channel.ts';
import type { ServerContext } from '../../server/context.ts';
import { HostedSession } from '../../server/hosted-session.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';
import type { StartMessage } from './messages.ts';
import { StreamParser } from './parser.ts';

/** The connection of one speaker to `/v1/stream`. */
export class StreamConnection implements Connection {
  readonly #channel: Channel;
  readonly #context: ServerContext;
  readonly #parser = new StreamParser();
  #state: 'authenticating' | 'open' | 'closing' = 'authenticating';
  #filter: EventFilter = {};
  #hosted: HostedSession | undefined;
  #stopCommonEvents: (() => void) | undefined;

  constructor(channel: Channel, context: ServerContext) {
    this.#channel = channel;
    this.#context = context;
    channel.expectMessage(context.gateway.config.server.authTimeoutMs);
  }

  async receive(data: Uint8Array, isBinary: boolean): Promise<void> {
    const message = this.#parser.parse(data, isBinary);
    switch (message.type) {
      case 'start':
        return this.#start(message);
      case 'audio':
        return this.#hosted?.push(message.bytes);
      case 'hold':
        return this.#hosted?.hold();
      case 'flush':
        return this.#hosted?.flush();
      case 'say':
        return this.#hosted?.say(message.text);
      case 'answer':
        return this.#hosted?.answer(message.prompt_id, message.text);
      case 'playing':
        return this.#hosted?.setPlaying(message.playing, message.held ?? false);
      case 'active':
        return this.#hosted?.setActive(message.commands ?? undefined);
      case 'contexts':
        return this.#hosted?.setContexts(message.contexts);
      // Not awaited, because a command that is still running may ask something, and the answer comes as a message.
      case 'end':
        void this.#finish();
    }
  }

  tell(error: HeedError): void {
    if (this.#hosted && this.#state === 'open') this.#hosted.report(error);
    else this.#channel.send(eventJson(standAloneErrorEvent(error, this.#channel.id)));
  }

  async end(reason: string): Promise<void> {
    this.#state = 'closing';
    this.#stopCommonEvents?.();
    await this.#hosted?.close(reason);
  }

  async #start({ token, audio, language, sensitivity, chain, wake, types }: StartMessage): Promise<void> {
    const { access, gateway } = this.#context;
    access.checkToken(token);
    this.#filter = { types };
    const hosted = await HostedSession.open(this.#context, {
      sessionId: this.#channel.id,
      audio,
      language,
      sensitivity,
      chain,
      wake,
      onEvent: (event) => this.#send(event),
    });
    this.#hosted = hosted;
    if (this.#state === 'closing') return hosted.close('disconnected');
    this.#state = 'open';
    for (const event of gateway.bus.stateEvents()) this.#send(event);
    this.#stopCommonEvents = gateway.bus.subscribe({ session: commonSession }, (event) => this.#send(event));
  }

  async #finish(): Promise<void> {
    try {
      await this.#hosted?.finish();
      this.#channel.close(1000, 'ended');
    } catch (error) {
      this.#channel.refuse(error);
    }
  }

  #send(event: HeedEvent): void {
    if (event.type === 'error' || isWanted(event, this.#filter)) this.#channel.send(eventJson(event));
  }
}
