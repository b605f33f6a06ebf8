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
  diarize?: boolean | undefined;
  /** The only commands that can be given; none with an empty list, all of them if absent. */
  active?: readonly string[] | undefined;
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
  /** When the typed messages that come now were made, if they come late. */
  #madeAtMs: number | undefined;

  private constructor(context: ServerContext, session: Session, audio: AudioFormat | undefined) {
    const { gateway, now } = context;
    this.#context = context;
    this.#session = session;
    this.#intake =
      audio &&
      new AudioIntake({
        format: audio,
        config: gateway.config,
        sink: (samples, spokenAtMs) => session.push(samples, spokenAtMs),
        now,
      });
  }

  /**
   * Opens a session. Rejects with `too-many` when all places are taken, with `busy` when the voice activity model
   * barely keeps up with the open streams, and with what `openSession` rejects with.
   */
  static async open(
    context: ServerContext,
    { sessionId, audio, language, sensitivity, chain, wake, diarize, active, onEvent }: HostedSessionOptions,
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
        ...(diarize === undefined ? {} : { diarize }),
      });
      if (active) await limit(session, active);
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
  push(bytes: Uint8Array): Promise<void> {
    return this.#intake?.push(bytes) ?? Promise.resolve();
  }

  /** Push-to-talk was pressed; see `Session.press`. */
  press(): void {
    this.#session.press();
  }

  /** Ends the open segment. Does not wait for its command, because that may ask the client something. */
  flush(): void {
    const { spokenAtMs } = this;
    // What is refused must not leave push-to-talk pressed.
    if (!this.#start(() => this.#session.flush(spokenAtMs))) this.#session.release();
  }

  /** Takes a typed phrase. Does not wait for its command, because that may ask the client something. */
  say(text: string): void {
    const { spokenAtMs } = this;
    this.#start(() => this.#session.say(text, spokenAtMs));
  }

  /** Answers a prompt. An answer that is older than a command may be is refused like a command. */
  answer(promptId: string, text: string): void {
    const ageMs = this.#context.now() - (this.spokenAtMs ?? this.#context.now());
    if (ageMs > this.#context.gateway.config.dispatch.maxAgeMs)
      this.report(
        new HeedError(
          'timeout',
          // Without its words, as they may be a PIN.
          `The answer was given ${(ageMs / 1000).toFixed(1)} s ago, which is too long. Please give it again.`,
        ),
      );
    else if (!this.#session.answer(promptId, text))
      this.report(
        new HeedError(
          'not-found',
          `The prompt ${promptId} is not open: it has been answered, or its time is over. Wait for the next one.`,
        ),
      );
  }

  /** Tells the session that the client has begun, or stopped, to speak what heed said; see `Session.setPlaying`. */
  setPlaying(isPlaying: boolean, isHeld: boolean): void {
    this.#session.setPlaying(isPlaying, { isHeld, atMs: this.spokenAtMs });
  }

  /** Limits the session to the named commands from now on; undefined allows all of them. */
  setActive(commands: readonly string[] | undefined): void {
    this.#try(() => this.#session.setActive(commands));
  }

  /** Makes exactly these contexts active from now on. */
  setContexts(names: readonly string[]): void {
    this.#try(() => this.#session.setContexts(names));
  }

  /**
   * The audio and the typed messages that follow were made this long ago, and each further second of audio a second
   * later; 0 is live.
   */
  setAge(ageMs: number): void {
    this.#intake?.setAge(ageMs);
    this.#madeAtMs = ageMs === 0 ? undefined : this.#context.now() - ageMs;
  }

  /** The line to the client broke: an open question waits without a limit until `resume`. */
  hold(): void {
    this.#session.hold();
  }

  /** The line is back, and these are the events that the client gets only now. */
  resume(missed: readonly HeedEvent[]): void {
    this.#session.resume(missed);
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

  /** Resolves when nothing is being said or run in the session. */
  async quiet(): Promise<void> {
    await this.#session.quiet();
  }

  /** Ends the session now, but awaits the commands that are running. Idempotent. */
  async close(reason: string): Promise<void> {
    await this.#session.close(reason);
  }

  /** When what comes now was made, `performance.now()` ms; undefined if it is live. */
  get spokenAtMs(): number | undefined {
    return this.#intake ? this.#intake.spokenAtMs : this.#madeAtMs;
  }

  #try(change: () => void): void {
    try {
      change();
    } catch (error) {
      this.report(error);
    }
  }

  /** Returns false when too much is under way. */
  #start(work: () => Promise<void>): boolean {
    if (this.#underWay.size >= maxUnderWay) {
      const message = `${maxUnderWay} phrases of this session are already under way. Wait until one has finished.`;
      this.report(new HeedError('busy', message));
      return false;
    }
    const started = work()
      .catch((error: unknown) => {
        if (asHeedError(error).code !== 'closed') this.report(error);
      })
      .finally(() => this.#underWay.delete(started));
    this.#underWay.add(started);
    return true;
  }
}

/** A session whose client asked for commands that do not exist would be able to run all of them, so it is ended. */
async function limit(session: Session, active: readonly string[]): Promise<void> {
  try {
    session.setActive(active);
  } catch (error) {
    await session.close('bad-message');
    const { message } = asHeedError(error);
    throw new HeedError('bad-message', `The session cannot start with these active commands. ${message}`);
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
