import type { Config } from '../config/index.ts';
import { KeptAudio } from './kept-audio.ts';
import { SessionTrace, type SessionTraceOptions } from './session-trace.ts';
import type { UtteranceTrace } from './utterance-trace.ts';

/** The traces of the last utterances of all open sessions. */
export class Traces {
  readonly #config: Pick<Config, 'trace' | 'vad'>;
  readonly #audio: KeptAudio;
  readonly #open = new Set<SessionTrace>();

  constructor(config: Pick<Config, 'trace' | 'vad'>) {
    this.#config = config;
    this.#audio = new KeptAudio(config.trace.maxAudioMs);
  }

  /**
   * Begins to trace a session, until its trace is closed; returns undefined when no utterances are to be kept. `vad` is
   * what the session has of its own; default: as in the options.
   */
  open({
    vad = this.#config.vad,
    ...session
  }: Pick<SessionTraceOptions, 'sessionId' | 'language' | 'contexts'> & { vad?: Config['vad'] }):
    SessionTrace | undefined {
    if (this.#config.trace.maxUtterances === 0) return undefined;
    const trace = new SessionTrace({
      ...session,
      config: { trace: this.#config.trace, vad },
      audio: this.#audio,
      now: () => performance.now(),
      onClose: () => this.#open.delete(trace),
    });
    this.#open.add(trace);
    return trace;
  }

  /** Returns a session's utterances, newest first; none if it has ended or never existed. */
  list(sessionId: string): UtteranceTrace[] {
    return [...this.#open].find((trace) => trace.sessionId === sessionId)?.list() ?? [];
  }

  /** Returns an utterance of any open session. */
  get(id: string): UtteranceTrace | undefined {
    for (const session of this.#open) {
      const trace = session.get(id);
      if (trace) return trace;
    }
    return undefined;
  }

  /** Returns the audio of an utterance, 16 kHz mono; undefined when it is no longer kept. */
  audio(id: string): Float32Array | undefined {
    return this.#audio.get(id);
  }
}
