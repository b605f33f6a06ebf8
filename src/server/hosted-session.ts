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
  /** Gets every event of the session, from `session.started` to `session.ended`. */
  onEvent: (event: HeedEvent) => void;
}

/** Phrases and flushes of one session that may be under way at a time. */
const maxUnderWay = 32;

/** The session behind one connection: its place, its audio, its events. */
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
   * Rejects with `too-many` when all places are taken, `busy` when the streams that are open can hardly be heard in
   * time, and with what opening a session rejects with.
   */
  static async open(
    context: ServerContext,
    { sessionId, audio, language, onEvent }: HostedSessionOptions,
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
      });
      return new HostedSession(context, session, audio);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Takes audio in the declared format; resolves when more can be taken. */
  async push(bytes: Uint8Array): Promise<void> {
    await this.#intake?.push(bytes);
  }

  /** Ends the phrase that is being spoken. Does not wait for its command, which may ask something. */
  flush(): void {
    this.#start(() => this.#session.flush());
  }

  /** Takes a typed phrase. Does not wait for its command. */
  say(text: string): void {
    this.#start(() => this.#session.say(text));
  }

  /** Answers a prompt. */
  answer(promptId: string, text: string): void {
    if (!this.#session.answer(promptId, text))
      this.report(
        new HeedError('not-found', `No question ${promptId} is open; it was answered before, or its time is over.`),
      );
  }

  /** The client begins, or has ended, to speak what heed said. */
  setPlaying(isPlaying: boolean): void {
    this.#session.setPlaying(isPlaying);
  }

  /** Lets only the named commands be given from now on, or all of them. */
  setActive(commands: readonly string[] | undefined): void {
    this.#try(() => this.#session.setActive(commands));
  }

  /** Makes these contexts the active ones from now on, and no others. */
  setContexts(names: readonly string[]): void {
    this.#try(() => this.#session.setContexts(names));
  }

  /** Tells of an error that does not end the session. */
  report(error: unknown): void {
    this.#session.report(publicError(error, this.#context.log));
  }

  /** Hears what is left, waits for all commands, and closes. */
  async finish(): Promise<void> {
    await this.#intake?.end();
    await this.#session.flush();
    await Promise.all(this.#underWay);
    await this.close('ended');
  }

  /** Ends the session now; what runs is awaited. Idempotent. */
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
      this.report(new HeedError('busy', `${maxUnderWay} phrases of this session are under way. Wait for one to end.`));
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

/** Another stream must not make the open ones late. */
async function checkPace(gateway: Gateway): Promise<void> {
  const { answerMs } = (await gateway.ears()).vad;
  const { maxAnswerMs } = gateway.config.server;
  if (answerMs <= maxAnswerMs) return;
  throw new HeedError(
    'busy',
    `The audio that is heard already is answered after ${Math.round(answerMs)} ms, and server.maxAnswerMs is ${maxAnswerMs}. Try again shortly.`,
  );
}
