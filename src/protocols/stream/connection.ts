import { HeedError } from '../../errors.ts';
import { eventJson } from '../../events/index.ts';
import type { Channel, Connection } from '../../server/channel.ts';
import type { ServerContext } from '../../server/context.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';
import type { HeldSessions } from './held-sessions.ts';
import type { Line } from './line.ts';
import type { ResumeMessage, StartMessage } from './messages.ts';
import { StreamParser } from './parser.ts';
import { StreamSession } from './stream-session.ts';

/** The connection of one speaker to `/v1/stream`. */
export class StreamConnection implements Connection {
  readonly #channel: Channel;
  readonly #context: ServerContext;
  readonly #held: HeldSessions<StreamSession>;
  readonly #line: Line;
  #parser = new StreamParser();
  #state: 'authenticating' | 'open' | 'closing' = 'authenticating';
  #hasTriedToResume = false;
  #session: StreamSession | undefined;

  constructor(channel: Channel, context: ServerContext, held: HeldSessions<StreamSession>) {
    this.#channel = channel;
    this.#context = context;
    this.#held = held;
    this.#line = {
      send: (text, event) => channel.send(text, event),
      begin: (kept) => channel.begin(kept),
      get waitingBytes() {
        return channel.waitingBytes;
      },
      finish: () => channel.close(1000, 'ended'),
      refuse: (error) => channel.refuse(error),
      release: () => this.#release(),
    };
    channel.expectMessage(context.gateway.config.server.authTimeoutMs);
  }

  async receive(data: Uint8Array, isBinary: boolean): Promise<void> {
    const message = this.#parser.parse(data, isBinary);
    if (message.type === 'start') await this.#start(message);
    else if (message.type === 'resume') await this.#resume(message);
    else await this.#session?.take(message);
  }

  tell(error: HeedError): void {
    if (this.#session && this.#state === 'open') this.#session.report(error);
    else this.#channel.send(eventJson(standAloneErrorEvent(error, this.#channel.id)));
  }

  async quiet(): Promise<void> {
    await this.#session?.quiet();
  }

  async lost(): Promise<void> {
    this.#state = 'closing';
    await this.#session?.lose();
  }

  async end(reason: string): Promise<void> {
    this.#state = 'closing';
    await this.#session?.end(reason);
  }

  async #start(start: StartMessage): Promise<void> {
    this.#channel.enter(start.token);
    const session = await StreamSession.open(
      { context: this.#context, held: this.#held, id: this.#channel.id, start, parser: this.#parser },
      this.#line,
    );
    this.#session = session;
    if (this.#state === 'closing') return session.end('disconnected');
    this.#state = 'open';
  }

  /** Goes on with a session. If that is impossible, the client is told so and may start another one here. */
  async #resume(message: ResumeMessage): Promise<void> {
    this.#channel.enter(message.token);
    const session = this.#held.find(message.resume_token);
    try {
      if (!session) throw unknownSession();
      this.#session = session;
      await session.resume(this.#line, message);
      this.#parser = session.parser;
      if (this.#session === session) this.#state = 'open';
    } catch (error) {
      this.#session = undefined;
      if (!(error instanceof HeedError && error.code === 'not-resumable') || this.#hasTriedToResume) throw error;
      this.#hasTriedToResume = true;
      this.tell(error);
      this.#channel.expectMessage(this.#context.gateway.config.server.authTimeoutMs);
    }
  }

  #release(): void {
    this.#session = undefined;
    this.#channel.close(1000, 'resumed');
  }
}

function unknownSession(): HeedError {
  return new HeedError(
    'not-resumable',
    'No session waits here with this resume token: its time is over, or heed was started again. Start another session.',
  );
}
