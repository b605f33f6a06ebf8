import type { AudioFormat } from '../audio/index.ts';
import { asHeedError, HeedError } from '../errors.ts';
import type { HeedEvent } from '../events/event.ts';
import type { Session } from '../session/index.ts';
import { AudioIntake } from './audio-intake.ts';
import type { ServerContext } from './context.ts';
import type { Gateway } from './gateway.ts';
import { publicError } from './public-error.ts';

/** How a connection opens its session. */
export interface HostedSessionOptions {
  sessionId: string;
  /** Absent for a session of typed phrases. */
  audio: AudioFormat | undefined;
  language: string | undefined;
  /** See `SessionRequest`. */
  sensitivity?: number | undefined;
  chain?: boolean | undefined;
  wake?: readonly string[] | undefined;
  /** Called with every event of the session, from `session.started` to `session.ended`. */
  onEvent: (event: HeedEvent) => void;
}

/** The most phrases and flushes of one session that may be under way at the same time. */
const maxUnderWay = 32;

/** The session behind one connection, with the place it takes, its audio decoder and its subscription to events. */
export class HostedSession {
  readonly #context: ServerContext;
  readonly #session: Session;
  readonly #intake: AudioIntake | undefined;
  readonly #underWay = new Set<Promise<void>>();

  private constructor(context: ServerContext, session: Session, audio: AudioFormat | undefined) {
    const { gateway, now } = context;
    this.#context = context;
    this.#session = session;
    this.#intake =
      audio &&
      new AudioIntake({ format: audio, config: gateway.config, sink: (samples) => session.push(samples), now });
  }

  /**
   * Opens a session. Rejects with `too-many` when all places are taken, with `busy` when the voice activity model
   * barely keeps up with the open streams, and with what `openSession` rejects with.
   */
  static async open(
    context: ServerContext,
    { sessionId, audio, language, sensitivity, chain, wake, onEvent }: HostedSessionOptions,
  ): Promise<HostedSession> {
    const { gateway, sessions } = context;
    if (audio) await checkPace(gateway);
    const leave = sessions.take();
    const stop = gateway.bus.subscribe({ session: sessionId }, (event) => {
      onEvent(event);
      if (event.type === 'session.ended') release();
    });
    const release = (): void => {
      stop();
      leave();
    };
    try {
      const session = await gateway.openSession({
        sessionId,
        audio: audio !== undefined,
        ...(language === undefined ? {} : { language }),
        ...(sensitivity === undefined ? {} : { sensitivity }),
        ...(chain === undefined ? {} : { chain }),
        ...(wake === undefined ? {} : { wake }),
      });
      return new HostedSession(context, session, audio);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** How much audio has come so far, ms. */
  get audioMs(): number {
    return this.#intake?.takenMs ?? 0;
  }

  /** Takes audio in the declared format; resolves when it is ready for more. */
  async push(bytes: Uint8Array): Promise<void> {
    await this.#intake?.push(bytes);
  }

  /** Push-to-talk was pressed; see `Session.hold`. */
  hold(): void {
    this.#session.hold();
  }

  /** Ends the open segment. Does not wait for its command, because that may ask the client something. */
  flush(): void {
    this.#start(() => this.#session.flush());
  }

  /** Takes a typed phrase. Does not wait for its command, because that may ask the client something. */
  say(text: string): void {
    this.#start(() => this.#session.say(text));
  }

  /** Answers a prompt. */
  answer(promptId: string, text: string): void {
    if (!this.#session.answer(promptId, text))
      this.report(
        new HeedError(
          'not-found',
          `The prompt ${promptId} is not open: it has been answered, or its time is over. Wait for the next one.`,
        ),
      );
  }

  /** Tells the session that the client has begun, or stopped, to speak what heed said; see `Session.setPlaying`. */
  setPlaying(isPlaying: boolean, isHeld: boolean): void {
    this.#session.setPlaying(isPlaying, { isHeld });
  }

  /** Limits the session to the named commands from now on; undefined allows all of them. */
  setActive(commands: readonly string[] | undefined): void {
    this.#try(() => this.#session.setActive(commands));
  }

  /** Makes exactly these contexts active from now on. */
  setContexts(names: readonly string[]): void {
    this.#try(() => this.#session.setContexts(names));
  }

  /** Publishes an error that does not end the session. */
  report(error: unknown): void {
    this.#session.report(publicError(error, this.#context.log));
  }

  /** Takes the rest of the audio to its end, waits for all commands, and closes the session. */
  async finish(): Promise<void> {
    await this.#intake?.end();
    await this.#session.flush();
    await Promise.all(this.#underWay);
    await this.close('ended');
  }

  /** Ends the session now, but awaits the commands that are running. Idempotent. */
  async close(reason: string): Promise<void> {
    await this.#session.close(reason);
  }

  #try(change: () => void): void {
    try {
      change();
    } catch (error) {
      this.report(error);
    }
  }

  #start(work: () => Promise<void>): void {
    if (this.#underWay.size >= maxUnderWay) {
      const message = `${maxUnderWay} phrases of this session are already under way. Wait until one has finished.`;
      this.report(new HeedError('busy', message));
      return;
    }
    const started = work()
      .catch((error: unknown) => {
        if (asHeedError(error).code !== 'closed') this.report(error);
      })
      .finally(() => this.#underWay.delete(started));
    this.#underWay.add(started);
  }
}

/** Refuses another stream when it would delay the open ones. */
async function checkPace(gateway: Gateway): Promise<void> {
  const { answerMs } = (await gateway.ears()).vad;
  const { maxAnswerMs } = gateway.config.server;
  if (answerMs <= maxAnswerMs) return;
  throw new HeedError(
    'busy',
    `The voice activity model takes ${Math.round(answerMs)} ms for a frame of the open streams, and ` +
      `server.maxAnswerMs is ${maxAnswerMs}. Try again in a moment.`,
  );
}
