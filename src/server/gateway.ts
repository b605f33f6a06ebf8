import type { Config } from '../config/index.ts';
import type { EventBus } from '../events/index.ts';
import type { MatchResult } from '../match/index.ts';
import type { Registry } from '../registry/index.ts';
import type { Ears, Session } from '../session/index.ts';
import type { Traces } from '../trace/index.ts';

/** How a session is opened. */
export interface SessionWishes {
  sessionId: string;
  /** ISO 639-1 code or "auto"; default: the option `language`. */
  language?: string;
  /** False for a session that takes typed phrases only. */
  audio: boolean;
}

/** What the server and its protocols need of heed. */
export interface Gateway {
  readonly config: Config;
  readonly registry: Pick<Registry, 'get' | 'describe' | 'problems'>;
  readonly bus: EventBus;
  readonly traces: Pick<Traces, 'list' | 'get' | 'audio'>;
  openSession(wishes: SessionWishes): Promise<Session>;
  /** How a typed phrase would be understood now; runs nothing. */
  understand(text: string, language?: string): MatchResult;
  /** The models, loaded at the first call. */
  ears(): Promise<Ears>;
}
