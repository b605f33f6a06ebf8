import { HeedError } from '../../errors.ts';
import { commonSession, eventJson, isWanted, type HeedEvent } from '../../events/index.ts';
import type { ServerContext } from '../../server/context.ts';
import { HostedSession } from '../../server/hosted-session.ts';
import { publicError } from '../../server/public-error.ts';
import { handleMessage } from './handle-message.ts';
import type { HeldSessions } from './held-sessions.ts';
import type { Line } from './line.ts';
import type { LineMessage, ResumeMessage, StartMessage } from './messages.ts';
import type { SessionInput, StreamParser } from './parser.ts';
import { SentEvents } from './sent-events.ts';

/** What a stream session needs. */
export interface StreamSessionOptions {
  context: ServerContext;
  held: HeldSessions<StreamSession>;
  id: string;
  start: StartMessage;
  /** The parser that has read the start message; it knows what may come next. */
  parser: StreamParser;
}

/** What of the session has been handled: bytes of audio, and typed messages. */
interface Position {
  audio: number;
  messages: number;
}

/** How often a client is told how far its audio has been taken, ms. */
const tellEveryMs = 250;

/**
 * One speaker's session on `/v1/stream`. If its client has asked for that, it outlives its connection: it counts what
 * it has taken and keeps what it has sent, so that another connection can go on exactly where the last one broke.
 */
export class StreamSession {
  readonly id: string;
  readonly parser: StreamParser;
  readonly #options: StreamSessionOptions;
  readonly #sent: SentEvents | undefined;
  readonly #token: string | undefined;
  readonly #taken: Position = { audio: 0, messages: 0 };
  #hosted: HostedSession | undefined;
  #line: Line | undefined;
  /** Counts connections, so that one that was replaced while it waited is recognised. */
  #turn = 0;
  /** The message that is being handled; another connection waits for it, so that nothing is taken twice. */
  #taking: Promise<void> = Promise.resolve();
  #lastTakenAtMs: number;
  #tellTimer: NodeJS.Timeout | undefined;
  #stopCommonEvents: (() => void) | undefined;
  #state: 'open' | 'over' = 'open';

  private constructor(options: StreamSessionOptions, line: Line) {
    const { context, held, id, start, parser } = options;
    this.id = id;
    this.parser = parser;
    this.#options = options;
    this.#line = line;
    this.#lastTakenAtMs = context.now();
    if (start.resumable !== true || held.holdMs === 0) return;
    this.#sent = new SentEvents(context.gateway.config.server.maxBufferedBytes / 4);
    this.#token = held.add(this);
  }

  /** Opens a session that speaks through a line; rejects with what `HostedSession.open` rejects with. */
  static async open(options: StreamSessionOptions, line: Line): Promise<StreamSession> {
    const session = new StreamSession(options, line);
    await session.#open();
    return session;
  }

  /** Takes a message; resolves when the session is ready for the next one. */
  take(message: SessionInput): Promise<void> {
    const taking = this.#take(message);
    this.#taking = taking.catch((error: unknown) => {
      // Without a line nobody else would end the session.
      if (!this.#line) void this.end(publicError(error, this.#options.context.log).code);
    });
    return taking;
  }

  /** Publishes an error that does not end the session. */
  report(error: HeedError): void {
    this.#hosted?.report(error);
  }

  /** The line broke. A session that can be resumed waits for another one, any other ends. */
  async lose(): Promise<void> {
    if (this.#token === undefined) return this.end('disconnected');
    this.#turn++;
    this.#line = undefined;
    if (this.#state === 'open') this.#hosted?.hold();
    this.#options.held.hold(this.#token);
  }

  /**
   * Goes on through another line, with what the client has missed. The old line is released, even if it still seems to
   * be alive. Rejects with `not-resumable`.
   */
  async resume(line: Line, { last_event_id, audio_from }: ResumeMessage): Promise<void> {
    const { context, held } = this.#options;
    const turn = ++this.#turn;
    this.#line?.release();
    this.#line = undefined;
    held.take(this.#token!);
    await this.#taking;
    if (turn !== this.#turn) return line.release();
    if (this.#state === 'open' && audio_from > this.#taken.audio) {
      void this.end('disconnected');
      throw new HeedError(
        'not-resumable',
        `The session needs the audio from byte ${this.#taken.audio} on, and the client has it only from byte ` +
          `${audio_from} on. Start another session.`,
      );
    }
    const { missed, isWhole } = this.#sent!.since(last_event_id);
    sendTo(line, { type: 'resumed', session_id: this.id, ...this.#taken });
    line.begin(missed);
    this.#line = line;
    if (this.#state === 'over') {
      held.hold(this.#token!);
      return line.finish();
    }
    this.#hosted?.setAge(context.now() - this.#lastTakenAtMs);
    this.#hosted?.resume(missed.map(({ event }) => event));
    if (!isWhole) this.report(lostEvents(last_event_id));
  }

  /** Resolves when nothing is being said or run in the session. */
  async quiet(): Promise<void> {
    await this.#hosted?.quiet();
  }

  /** Ends the session now, but awaits the commands that are running. Never rejects. Idempotent. */
  async end(reason: string): Promise<void> {
    if (this.#state === 'over') return;
    try {
      await this.#hosted?.close(reason);
    } catch (error) {
      publicError(error, this.#options.context.log);
    }
    if (this.#token !== undefined) this.#options.held.remove(this.#token);
  }

  async #open(): Promise<void> {
    const { context, held, id, start } = this.#options;
    const { bus } = context.gateway;
    try {
      this.#hosted = await HostedSession.open(context, {
        sessionId: id,
        audio: start.audio,
        language: start.language,
        active: start.active,
        sensitivity: start.sensitivity,
        chain: start.chain,
        wake: start.wake,
        onEvent: (event) => this.#onEvent(event),
      });
    } catch (error) {
      if (this.#token !== undefined) held.remove(this.#token);
      throw error;
    }
    for (const event of bus.stateEvents()) this.#send(event);
    this.#stopCommonEvents = bus.subscribe({ session: commonSession }, (event) => this.#send(event));
  }

  #onEvent(event: HeedEvent): void {
    // Before the first event, so that no client knows a session that it could not go on with.
    if (event.type === 'session.started' && this.#token !== undefined)
      this.#tell({
        type: 'resumable',
        session_id: this.id,
        resume_token: this.#token,
        resume_ms: this.#options.held.holdMs,
      });
    this.#send(event);
    if (event.type !== 'session.ended') return;
    this.#state = 'over';
    this.#stopCommonEvents?.();
    clearTimeout(this.#tellTimer);
    // The last events may not have arrived.
    if (this.#token !== undefined) this.#options.held.hold(this.#token);
  }

  async #take(message: SessionInput): Promise<void> {
    const hosted = this.#hosted!;
    if (message.type === 'age') return hosted.setAge(message.ms);
    if (message.type === 'audio') {
      await hosted.push(message.bytes);
      this.#taken.audio += message.bytes.length;
    } else {
      this.#taken.messages++;
      // Not awaited, because a command that is still running may ask something, and the answer comes as a message.
      if (message.type === 'end') void this.#finish(hosted);
      else handleMessage(hosted, message);
    }
    this.#lastTakenAtMs = this.#options.context.now();
    this.#tellSoon();
  }

  async #finish(hosted: HostedSession): Promise<void> {
    try {
      await hosted.finish();
      this.#line?.finish();
    } catch (error) {
      if (this.#line) this.#line.refuse(error);
      else await this.end(publicError(error, this.#options.context.log).code);
    }
  }

  #tellSoon(): void {
    if (this.#token === undefined) return;
    this.#tellTimer ??= setTimeout(() => {
      this.#tellTimer = undefined;
      this.#tell({ type: 'taken', ...this.#taken });
    }, tellEveryMs);
  }

  #tell(message: LineMessage): void {
    if (this.#line) sendTo(this.#line, message);
  }

  #send(event: HeedEvent): void {
    if (event.type !== 'error' && !isWanted(event, { types: this.#options.start.types })) return;
    const waitingBytes = this.#line?.waitingBytes ?? this.#options.context.gateway.config.server.maxBufferedBytes;
    const text = this.#sent ? this.#sent.add(event, waitingBytes) : eventJson(event);
    this.#line?.send(text, event);
  }
}

function sendTo(line: Line, message: LineMessage): void {
  line.send(JSON.stringify(message));
}

function lostEvents(lastEventId: string | undefined): HeedError {
  return new HeedError(
    'events-lost',
    `Some events after ${lastEventId ?? 'the start'} were missed for good: heed does not keep all of a long session. ` +
      'What they reported has happened nevertheless.',
  );
}
