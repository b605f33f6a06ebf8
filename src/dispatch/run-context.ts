import type { EventBody } from '../events/event.ts';
import type { Command, CommandContexts } from '../registry/index.ts';
import type { Clock, CommandMatch, PhraseVoice, Speaker } from '../types.ts';
import type { Ground, GroundSource } from './ground.ts';
import type { DispatcherOptions } from './options.ts';
import type { PinCheck } from './pin.ts';
import type { Planner } from './plans/planner.ts';
import type { Undoable } from './undo-stack.ts';

/** The session that commands run for. */
export interface DispatchedSession {
  id: string;
  /** Its active contexts, which handlers may switch. */
  contexts: CommandContexts;
  /** Its commands, if they are not just those of the registry. */
  registry?: GroundSource['registry'];
  /** Whether it allows a command; default: all. */
  isActive?: (command: string) => boolean;
  /** Takes prompts, which are events of the session. */
  publish: (body: EventBody) => void;
  /** The time by which phrases and answers are judged; default: the machine's. */
  clock?: Clock;
}

/** What the dispatchers of all sessions share. */
export interface SharedDispatch extends DispatcherOptions {
  pins: PinCheck;
  planner: Planner;
  /** Called when the session has ended and nothing runs for it any more. */
  onIdle: () => void;
}

/** The phrase that a match comes from. */
export interface RunContext {
  language: string;
  /** The segment it was spoken in; absent for typed phrases. Each command of a segment runs only once. */
  segmentId?: string;
  /** The position of the match among several commands of one phrase; default 0. */
  part?: number;
  /** Whose voice it was, where voices are told apart. */
  speaker?: Speaker;
  /**
   * The voice of the phrase, and those of the answers that completed it; undefined for what was not spoken. Default:
   * none of it was.
   */
  voices?: readonly (PhraseVoice | undefined)[];
  /** When the phrase ended, ms of the session's clock. */
  spokenAtMs: number;
  /** The command that this one takes the place of: it is taken back first. */
  corrects?: LastCommand;
  /** By what the phrase was understood; default: by what there is when the command is given. */
  ground?: Ground;
  /** What tells the command from all others, even after a restart; default: a key made for it. */
  key?: string;
  /** Runs the handler, and may do something before and after; absent if there is nothing to do. */
  inHandler?: <T>(run: () => Promise<T>) => Promise<T>;
}

/** The command that was done last. */
export interface LastCommand {
  command: Command;
  match: CommandMatch;
  /** Absent if it cannot be taken back. */
  undoable?: Undoable;
  /** When it was done, ms of the session's clock. */
  atMs: number;
}
