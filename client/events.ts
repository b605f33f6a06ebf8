// The types of the events, from src/events/event.ts: node scripts/docs.js writes this file.

/** The event `session.started`. */
export interface SessionStartedEvent {
  type: 'session.started';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  language: string;
  commands: string[];
  /** What reads: cpu, cuda, metal or vulkan. Absent for sessions without audio. */
  backend?: string | undefined;
  /** The phrases with which spoken commands must begin. Absent when none is needed. */
  wake?: string[] | undefined;
}

/** The event `session.ended`. */
export interface SessionEndedEvent {
  type: 'session.ended';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  reason: string;
}

/** The event `commands.changed`. */
export interface CommandsChangedEvent {
  type: 'commands.changed';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  commands: string[];
  problems: string[];
}

/** The event `speech.started`. */
export interface SpeechStartedEvent {
  type: 'speech.started';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  segment_id: string;
  start: number;
}

/** The event `speech.ended`. */
export interface SpeechEndedEvent {
  type: 'speech.ended';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  segment_id: string;
  start: number;
  end: number;
  reason: 'silence' | 'complete' | 'max-length' | 'flush' | 'misfire' | 'playing';
}

/** The event `segment.partial`. */
export interface SegmentPartialEvent {
  type: 'segment.partial';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  segment_id: string;
  start: number;
  end: number;
  duration: number;
  text: string;
  is_final: boolean;
  /** False for partials and for segments cut at the maximum length: no phrase ends with them. */
  speech_final: boolean;
  confidence: number;
  language: string;
  words: ({
    word: string;
    start: number;
    end: number;
    confidence: number;
    /** The id of who said it, in a session that tells voices apart. */
    speaker?: string | undefined;
    /** Somebody else spoke at the same time. */
    overlap?: boolean | undefined;
  })[];
  /** Who spoke, in a session that tells voices apart. */
  speaker?: {
    /** The same within a session: "speaker1", "speaker2", … as they were first heard. */
    id: string;
    /** Who it is, if the voice is known. */
    name?: string | undefined;
    /** How like what is known of the voice this sounded; with a name, how surely it is that voice. */
    score: number;
  } | undefined;
  /** The leading part of `text` that no later partial of this segment changes. */
  committed: string;
}

/** The event `segment.final`. */
export interface SegmentFinalEvent {
  type: 'segment.final';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  segment_id: string;
  start: number;
  end: number;
  duration: number;
  text: string;
  is_final: boolean;
  /** False for partials and for segments cut at the maximum length: no phrase ends with them. */
  speech_final: boolean;
  confidence: number;
  language: string;
  words: ({
    word: string;
    start: number;
    end: number;
    confidence: number;
    /** The id of who said it, in a session that tells voices apart. */
    speaker?: string | undefined;
    /** Somebody else spoke at the same time. */
    overlap?: boolean | undefined;
  })[];
  /** Who spoke, in a session that tells voices apart. */
  speaker?: {
    /** The same within a session: "speaker1", "speaker2", … as they were first heard. */
    id: string;
    /** Who it is, if the voice is known. */
    name?: string | undefined;
    /** How like what is known of the voice this sounded; with a name, how surely it is that voice. */
    score: number;
  } | undefined;
  no_speech: number;
  timing?: Record<string, number> | undefined;
  /** Why the segment ended when it did, as text. */
  endpoint?: string | undefined;
  /** False when a wake phrase was needed and not said; then nothing follows. Absent otherwise. */
  addressed?: boolean | undefined;
}

/** The event `speakers`. */
export interface SpeakersEvent {
  type: 'speakers';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** Who has spoken within the last minute. */
  present: string[];
  /** Who has just been heard for the first time, or again after a minute. */
  joined: string[];
  left: string[];
  /** The names of those among them whose voices are known, by id; absent if there are none. */
  names?: Record<string, string> | undefined;
}

/** The event `speaker.changed`. */
export interface SpeakerChangedEvent {
  type: 'speaker.changed';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  segment_id: string;
  /** Who spoke the segment after all, as what followed has shown. */
  speaker: {
    /** The same within a session: "speaker1", "speaker2", … as they were first heard. */
    id: string;
    /** Who it is, if the voice is known. */
    name?: string | undefined;
    /** How like what is known of the voice this sounded; with a name, how surely it is that voice. */
    score: number;
  };
  /** The id that `segment.final` had, if any. */
  was?: string | undefined;
}

/** The event `wake.started`. */
export interface WakeStartedEvent {
  type: 'wake.started';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  segment_id?: string | undefined;
  /** The wake phrase that was said. */
  phrase: string;
  /** How long a command may follow without a wake phrase, ms. */
  within_ms: number;
}

/** The event `wake.ended`. */
export interface WakeEndedEvent {
  type: 'wake.ended';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  reason: 'command' | 'timeout';
}

/** The event `command.matched`. */
export interface CommandMatchedEvent {
  type: 'command.matched';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** Absent for typed phrases. */
  segment_id?: string | undefined;
  command: string;
  args: Record<string, unknown>;
  phrase: string;
  score: number;
  via: 'exact' | 'grammar' | 'near' | 'dialog' | 'model';
  candidates: {
    command: string;
    phrase: string;
    score: number;
    reason: string;
  }[];
}

/** The event `command.planned`. */
export interface CommandPlannedEvent {
  type: 'command.planned';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** Absent for typed phrases. */
  segment_id?: string | undefined;
  command: string;
  args: Record<string, unknown>;
  /** What a command that was given for later is known by, as in `/v1/planned`. */
  planned_id: string;
  /** What is to run: the phrase without the time. */
  phrase: string;
  /** When it is to run, by the wall clock. */
  due: string;
  /** Whether it will also run if heed is started again until then. */
  is_kept: boolean;
  /** Tells the speaker what will run and when. */
  say: string;
}

/** The event `command.cancelled`. */
export interface CommandCancelledEvent {
  type: 'command.cancelled';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** Absent for typed phrases. */
  segment_id?: string | undefined;
  command: string;
  args: Record<string, unknown>;
  /** What a command that was given for later is known by, as in `/v1/planned`. */
  planned_id: string;
  /** What is to run: the phrase without the time. */
  phrase: string;
  /** When it is to run, by the wall clock. */
  due: string;
}

/** The event `command.missed`. */
export interface CommandMissedEvent {
  type: 'command.missed';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** Absent for typed phrases. */
  segment_id?: string | undefined;
  command: string;
  args: Record<string, unknown>;
  /** What a command that was given for later is known by, as in `/v1/planned`. */
  planned_id: string;
  /** What is to run: the phrase without the time. */
  phrase: string;
  /** When it is to run, by the wall clock. */
  due: string;
  reason: string;
}

/** The event `command.completed`. */
export interface CommandCompletedEvent {
  type: 'command.completed';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** Absent for typed phrases. */
  segment_id?: string | undefined;
  command: string;
  args: Record<string, unknown>;
  /** What a command that was given for later is known by, as in `/v1/planned`. */
  planned_id?: string | undefined;
  say?: string | undefined;
  can_undo: boolean;
  duration_ms: number;
  timing?: Record<string, number> | undefined;
}

/** The event `command.failed`. */
export interface CommandFailedEvent {
  type: 'command.failed';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** Absent for typed phrases. */
  segment_id?: string | undefined;
  command: string;
  args: Record<string, unknown>;
  /** What a command that was given for later is known by, as in `/v1/planned`. */
  planned_id?: string | undefined;
  code: string;
  message: string;
  duration_ms: number;
}

/** The event `command.refused`. */
export interface CommandRefusedEvent {
  type: 'command.refused';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** Absent for typed phrases. */
  segment_id?: string | undefined;
  command: string;
  args: Record<string, unknown>;
  /** What a command that was given for later is known by, as in `/v1/planned`. */
  planned_id?: string | undefined;
  reason: string;
  /** Why, for programs, if the command may be given by some voices only. */
  code?: 'no-voice' | 'speech-too-short' | 'several-voices' | 'unknown-speaker' | 'wrong-speaker' | undefined;
}

/** The event `command.unmatched`. */
export interface CommandUnmatchedEvent {
  type: 'command.unmatched';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  segment_id?: string | undefined;
  text: string;
  reason: string;
  candidates: {
    command: string;
    phrase: string;
    score: number;
    reason: string;
  }[];
  unknown?: {
    /** Where the words stand: in place of a slot, or before, after or inside an otherwise known phrase. */
    where: 'slot' | 'before' | 'after' | 'inside';
    /** The name of the slot. */
    slot?: string | undefined;
    words: string;
    /** Some of the values that the slot accepts. */
    known?: string[] | undefined;
  } | undefined;
}

/** The event `prompt`. */
export interface PromptEvent {
  type: 'prompt';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  command: string;
  prompt_id: string;
  kind: 'ask' | 'confirm' | 'say';
  text: string;
  /** The answers to choose from, if the question names a few. */
  options?: string[] | undefined;
  /** Whether a PIN is an answer, or the only one. Absent when it is none. */
  pin?: 'accepted' | 'required' | undefined;
}

/** The event `state`. */
export interface StateEvent {
  type: 'state';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  /** What changed, such as "house". */
  topic: string;
  value: unknown;
}

/** The event `error`. */
export interface ErrorEvent {
  type: 'error';
  /** Unique; an event that is delivered twice has the same id. */
  event_id: string;
  session_id: string;
  /** Counts up by one within a session. */
  seq: number;
  /** Wall time, for display. */
  time: string;
  code: string;
  message: string;
  /** The segment that could not be read, if the error is about one. */
  segment_id?: string | undefined;
}

/** Any event. */
export type HeedEvent =
  | SessionStartedEvent
  | SessionEndedEvent
  | CommandsChangedEvent
  | SpeechStartedEvent
  | SpeechEndedEvent
  | SegmentPartialEvent
  | SegmentFinalEvent
  | SpeakersEvent
  | SpeakerChangedEvent
  | WakeStartedEvent
  | WakeEndedEvent
  | CommandMatchedEvent
  | CommandPlannedEvent
  | CommandCancelledEvent
  | CommandMissedEvent
  | CommandCompletedEvent
  | CommandFailedEvent
  | CommandRefusedEvent
  | CommandUnmatchedEvent
  | PromptEvent
  | StateEvent
  | ErrorEvent;

/** The name of an event. */
export type EventType = HeedEvent['type'];

/** One kind of event. */
export type EventOf<T extends EventType> = Extract<HeedEvent, { type: T }>;
