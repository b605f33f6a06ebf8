/**
 * The types that pass between the stages, in the order in which data flows. Inside `src/`, audio is 16 kHz mono Float32
 * from −1 to 1, a position in a stream is the number of samples since its start, and probabilities and scores are 0–1.
 */

/** The sample rate of all audio inside heed, Hz. */
export const sampleRateHz = 16_000;

/** Samples in one frame: 32 ms. */
export const frameSamples = 512;

/** Converts a sample index or count into milliseconds. */
export function samplesToMs(samples: number): number {
  return (samples * 1000) / sampleRateHz;
}

/** Converts milliseconds into whole samples. */
export function msToSamples(ms: number): number {
  return Math.round((ms * sampleRateHz) / 1000);
}

/**
 * The time by which heed judges what one speaker says: how old a phrase is, and how long a question stays open. For a
 * live stream it is the machine's time, for a recording the recording's own, which is heard faster or slower than that.
 */
export interface Clock {
  /** ms since an arbitrary start. */
  nowMs(): number;
  /** Calls back once, after a time; returns the function that calls that off. */
  after(ms: number, run: () => void): () => void;
}

/** The machine's own time: `performance.now()`. */
export const machineClock: Clock = {
  nowMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** One frame: 512 samples, and where they start in the stream. */
export interface AudioFrame {
  samples: Float32Array;
  startSample: number;
}

/** Why a segment ended. `max-length` is a cut inside speech, so the phrase goes on in the next segment. */
export type EndReason = 'silence' | 'complete' | 'max-length' | 'flush';

/** A stretch of speech between silences, with some audio from before it (the pre-roll). `endSample` is exclusive. */
export interface SpeechSegment {
  id: string;
  samples: Float32Array;
  startSample: number;
  endSample: number;
  endReason: EndReason;
}

/** One word of a reading. Times are ms since the segment's start; the confidence is 0–1. */
export interface Word {
  word: string;
  startMs: number;
  endMs: number;
  confidence: number;
  /** Who said it, where the voices are told apart. */
  speaker?: string;
  /** Whether somebody else spoke at the same time. */
  isOverlap?: boolean;
}

/** Whose voice it was, in a session that tells voices apart. */
export interface Speaker {
  /** The same within a session: "speaker1", "speaker2", …, in the order in which they were first heard. */
  id: string;
  /** Who it is, if the voice is known. */
  name?: string;
  /** How like what is known of the voice this sounded, 0–1: a cosine or, with a name, how surely it is that voice. */
  score: number;
}

/** How surely a piece of speech is of a known voice, 0–1; 0.5 is as likely somebody else. */
export interface VoiceScore {
  name: string;
  score: number;
}

/** Returns what is equal for names of the same person: capital letters do not matter. */
export function voiceKey(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** Whose voice a piece of speech is, as far as can be told. */
export interface HeardVoice {
  /** How much speech it was, s. */
  seconds: number;
  /** The known voices, the likeliest first; their scores add up to one at most. */
  scores: readonly VoiceScore[];
  /** The score from which at most one stranger in a hundred is taken for somebody known. */
  threshold: number;
  /** Why nothing can depend on it. */
  doubt?: { code: 'speech-too-short' | 'several-voices' | 'no-voice'; reason: string };
}

/** How well one written word fits the sound, over all its tokens. */
export interface WordScore {
  /** The word as it was written, punctuation included. The last entry is the end of the text, with an empty word. */
  word: string;
  /** The natural logarithm of the word's probability. */
  logProbability: number;
  /** By how many nats the model's first choices were likelier than the word's tokens; 0 if these were its choices. */
  lead: number;
}

/** One reading of a segment beside the main one. */
export interface Alternative {
  text: string;
  /** The natural logarithm of the probability of all its tokens. */
  logProbability: number;
  tokens: number;
  /** Where in the audio the decoder saw the text end, ms since the segment's start; 0 when unknown. */
  endMs: number;
  /** The scores of its words; absent where the engine does not report them. */
  scores?: WordScore[];
  /** The scores without the grammar's prompt, for the likeliest constrained readings only. */
  plainScores?: WordScore[];
}

/** The readings of one segment. Fields that name no other reading belong to the free one, whose text is `text`. */
export interface Transcript {
  segmentId: string;
  text: string;
  words: Word[];
  /** Who spoke; absent where voices are not told apart, or nobody's could be made out. */
  speaker?: Speaker;
  /** ISO 639-1 code of the language that was used or detected. */
  language: string;
  /** Mean token probability, 0–1. */
  confidence: number;
  noSpeechProbability: number;
  /** The natural logarithm of the probability of the whole reading, end of text included. */
  logProbability: number;
  /** The number of tokens; the end of the text counts as one. */
  tokens: number;
  /** Where in the audio the decoder saw the text end, ms since the segment's start; 0 when unknown. */
  endMs: number;
  /** The scores of the words of `text`; absent where the engine does not report them. */
  scores?: WordScore[];
  /** Further free readings, best first. */
  alternatives: Alternative[];
  /**
   * The prompted reading: a free one, with phrases of the grammar as the decoder's prompt. Absent where it was not
   * needed, because `text` was surely a command or far from every command.
   */
  prompted?: Alternative;
  /** Constrained readings with the grammar's prompt, best first; absent without a grammar, empty when none fits. */
  constrained?: Alternative[];
  /** Constrained readings that break off before a command is whole, likeliest first; absent when there are none. */
  brokenOff?: Alternative[];
  audioMs: number;
  inferenceMs: number;
  /** Wall time in ms by stage (encode, free, constrained, words); absent where the engine does not report it. */
  stageMs?: Record<string, number>;
}

/** The urgency of a reading; the scheduler serves the most urgent first, in this order. */
export type Priority = 'final' | 'early' | 'partial';

/**
 * The grammar as an automaton, in the flat form that the native decoder walks. Nodes are numbers; node n has the arcs
 * from `arcStart[n]` (inclusive) to `arcStart[n + 1]` (exclusive). Text is matched letter by letter without case; a
 * space, a hyphen or `,` may separate words, and `.`, `!` or `?` may end the text.
 */
export interface DecoderGraph {
  /** Identifies the content, because the decoder caches graphs by it. */
  id: string;
  /** Written words in lower case, such as "kitchen", "50", "50%", "fifty". The labels of word arcs are indices here. */
  words: string[];
  /** Some phrases of the grammar, which the decoder treats as text that was said before; empty for no prompt. */
  prompt: string;
  start: number;
  /** Uint32, nodes + 1 entries. */
  arcStart: Uint32Array;
  /**
   * 0: word (label: index in `words`). 1: call (label: start node of a sub-automaton, which returns at any of its final
   * nodes). 2: free text (any one word). 3: epsilon.
   */
  arcKind: Uint8Array;
  arcLabel: Uint32Array;
  arcTarget: Uint32Array;
  /** One entry for each node: 1 where the node accepts or, inside a sub-automaton, returns. */
  final: Uint8Array;
}

/**
 * How a phrase was matched: `near` needed fuzzy matching, `grammar` took a constrained reading, `dialog` took words
 * from an answer or from the command before.
 */
export type MatchVia = 'exact' | 'grammar' | 'near' | 'dialog' | 'model';

/** A command that was considered but not chosen, with the reason as a sentence. */
export interface Candidate {
  command: string;
  /** The phrase of that command that is closest to what was said. */
  phrase: string;
  score: number;
  reason: string;
}

/** When a command is to run that was not given for now. */
export interface Delay {
  /** What was said, as the slot of the grammar gives it; `dueOf` finds the moment. */
  moment: string;
  /** The words that say it: "in ten minutes". */
  words: string;
  /** The other words of the phrase: "turn off the lights". */
  phrase: string;
}

/** A phrase understood as one command. */
export interface CommandMatch {
  command: string;
  args: Record<string, unknown>;
  score: number;
  via: MatchVia;
  /** The phrase as it was said, without sounds that mean nothing. Where it is only near, with the command's words. */
  phrase: string;
  candidates: Candidate[];
  /** Absent if the command is to run now. */
  delay?: Delay;
}

/** Why a command is refused that only some voices may give. */
export type RefusalCode = 'no-voice' | 'speech-too-short' | 'several-voices' | 'unknown-speaker' | 'wrong-speaker';

/** Whose voice a phrase is, which is found out while the phrase is read. */
export interface PhraseVoice {
  /** Never rejects. */
  readonly heard: Promise<HeardVoice>;
  /** What `heard` has resolved with; undefined until then. */
  readonly known: HeardVoice | undefined;
}

/** What became of a command. */
export type CommandOutcome =
  | { status: 'done'; say?: string; canUndo: boolean; durationMs: number }
  | { status: 'failed'; code: string; message: string; durationMs: number }
  | { status: 'refused'; reason: string; code?: RefusalCode; durationMs: number }
  | ({ status: 'planned'; durationMs: number } & Planned);

/** A command that will run later. */
export interface Planned {
  plannedId: string;
  /** What will run: the phrase without the time. */
  phrase: string;
  /** An ISO date. */
  due: string;
  /** Whether it will also run if heed is started again until then. */
  isKept: boolean;
  /** Tells the speaker what will run and when. */
  say: string;
}
