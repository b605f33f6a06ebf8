import type { Config } from '../config/index.ts';
import type { PlannedCommand } from '../dispatch/index.ts';
import type { EventBus } from '../events/index.ts';
import type { Linter } from '../lint/index.ts';
import type { MatchResult } from '../match/index.ts';
import type { Registry } from '../registry/index.ts';
import type { Ears, Session } from '../session/index.ts';
import type { Enrolled, FileVoices, KnownVoices } from '../speakers/index.ts';
import type { Traces } from '../trace/index.ts';
import type { ReadingListener } from '../transcribe/watched-transcriber.ts';

/** How a session is opened. */
export interface SessionRequest {
  sessionId: string;
  /** ISO 639-1 code or "auto"; default: the option `language`. */
  language?: string;
  /** How easily speech is noticed, 0–1; default: 0.5, which is as the options say. */
  sensitivity?: number;
  /** Whether "and" may join several commands in one phrase; default: the option `match.chain`. */
  chain?: boolean;
  /** Phrases with which spoken commands must begin; default: the option `wake.phrases`. */
  wake?: readonly string[];
  /** Whether the voices are told apart; default false. */
  diarize?: boolean;
  /** Whether the session takes audio; if not, it takes typed phrases only. */
  audio: boolean;
}

/** The part of `Heed` that the server and its protocols use. */
export interface Gateway {
  readonly config: Config;
  readonly registry: Pick<Registry, 'get' | 'describe' | 'problems'>;
  readonly linter: Pick<Linter, 'advice'>;
  readonly bus: EventBus;
  readonly traces: Pick<Traces, 'list' | 'get' | 'audio'>;
  openSession(request: SessionRequest): Promise<Session>;
  /** Returns how a typed phrase would be understood now; runs nothing. */
  understand(text: string, language?: string): MatchResult;
  /** The commands that were given for later, in the order in which they are due. */
  readonly planned: readonly PlannedCommand[];
  /** Calls a planned command off; resolves to undefined when it is not planned any more. */
  cancelPlanned(id: string): Promise<PlannedCommand | undefined>;
  /** Those who are known by their voices. */
  readonly voices: Pick<KnownVoices, 'list' | 'rename' | 'remove'>;
  /** Makes a voice known from a recording, 16 kHz, with the person's consent. */
  addVoice(name: string, samples: Float32Array): Promise<Enrolled>;
  /** The number of open sessions, those of clients and all others. */
  readonly sessionCount: number;
  /** What `ears` has loaded; undefined until then. */
  readonly loadedEars: Ears | undefined;
  /** Calls the listener after each reading; returns the function that stops this. */
  watchReadings(listener: ReadingListener): () => void;
  /** Returns the voice activity model and the recogniser; the first call loads them. */
  ears(): Promise<Ears>;
  /** Loads the models that find who speaks when in one recording, in a thread that whoever asks for it closes. */
  fileVoices(): Promise<FileVoices>;
}
