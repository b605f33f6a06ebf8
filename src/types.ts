/**
 * What crosses the stages, in the order of the data. Inside `src/` audio is 16 kHz mono Float32, −1…1; a position in a
 * stream is a sample index since its start; probabilities and scores are 0–1.
 */

/** The one sample rate inside heed, Hz. */
export const sampleRateHz = 16_000;

/** Samples in one VAD frame: 32 ms. */
export const frameSamples = 512;

/** Converts a sample index or count into milliseconds. */
export function samplesToMs(samples: number): number {
  return (samples * 1000) / sampleRateHz;
}

/** Converts milliseconds into whole samples. */
export function msToSamples(ms: number): number {
  return Math.round((ms * sampleRateHz) / 1000);
}

/** One VAD frame: 512 samples and where they start, in samples since the stream's start. */
export interface AudioFrame {
  samples: Float32Array;
  startSample: number;
}

/** Why a segment ended. `max-length` is a forced cut inside speech, so its phrase is not complete. */
export type EndReason = 'silence' | 'complete' | 'max-length' | 'flush';

/** A stretch of speech, pre-roll included. `endSample` is exclusive. */
export interface SpeechSegment {
  id: string;
  samples: Float32Array;
  startSample: number;
  endSample: number;
  endReason: EndReason;
}

/** One word; times in ms since the segment's start, confidence 0–1. */
export interface Word {
  word: string;
  startMs: number;
  endMs: number;
  confidence: number;
}

/** How well one written word fits the sound, its tokens taken together. */
export interface WordScore {
  /** As it was written, punctuation included; empty for the end of the text, which comes last. */
  word: string;
  /** Natural logarithm. */
  logProbability: number;
  /** Nats by which the likeliest tokens in their places were likelier; 0 where the word was the model's own choice. */
  lead: number;
}

/** Another reading of the same audio: natural-log probability of the whole token sequence, and its token count. */
export interface Alternative {
  text: string;
  logProbability: number;
  tokens: number;
  /** Where in the audio the decoder saw the text end, ms since its start; 0 when unknown. */
  endMs: number;
  /** Word by word, where the engine tells. */
  scores?: WordScore[];
  /** The same without the grammar's prompt; of the likeliest readings held to the grammar. */
  plainScores?: WordScore[];
}

/** What one segment was heard as. */
export interface Transcript {
  segmentId: string;
  text: string;
  words: Word[];
  /** ISO 639-1 code of the language that was used or detected. */
  language: string;
  /** Mean token probability, 0–1. */
  confidence: number;
  noSpeechProbability: number;
  /**
   * Natural-log probability of the whole reading, end of text included, and its token count (end of text counts as
   * one).
   */
  logProbability: number;
  tokens: number;
  /** Where in the audio the decoder saw the text end, ms since its start; 0 when unknown. */
  endMs: number;
  /** Of `text`, word by word, where the engine tells. */
  scores?: WordScore[];
  /** Free readings beside `text`, best first. */
  alternatives: Alternative[];
  /**
   * The free reading once more, with the grammar's prompt; absent where `text` was a sure command already, or speech
   * that is far from every command.
   */
  prompted?: Alternative;
  /**
   * Readings held to the session's grammar, with its prompt, best first; absent when no grammar was given, empty when
   * none survived.
   */
  constrained?: Alternative[];
  /**
   * Readings held to the grammar that break off before a command is whole, likeliest first; absent when there are none.
   */
  brokenOff?: Alternative[];
  audioMs: number;
  inferenceMs: number;
  /** Wall ms by stage, where the engine reports it: encode, free, constrained, words. */
  stageMs?: Record<string, number>;
}

/** The urgency of a reading; the scheduler serves them in this order. */
export type Priority = 'final' | 'early' | 'partial';

/**
 * The session's automaton in the flat form that the native decoder walks. Nodes are numbers; the arcs of node n are
 * `arcStart[n]` (inclusive) to `arcStart[n + 1]` (exclusive). Text is matched letter by letter without case; between
 * words a space, hyphen or `,` may stand, and `.`, `!`, `?` at the end.
 */
export interface DecoderGraph {
  /** Changes when the content changes; the decoder caches by it. */
  id: string;
  /** Written words in lower case, such as "kitchen", "50", "50%", "fifty". An arc's label points into it. */
  words: string[];
  /** Phrases as they are said, which the decoder takes for what was said before; empty for none. */
  prompt: string;
  start: number;
  /** Uint32, nodes + 1 entries. */
  arcStart: Uint32Array;
  /**
   * 0 word (label: index in `words`); 1 call (label: start node of a sub-automaton, left at one of its final nodes); 2
   * free text (any one word). 3 epsilon.
   */
  arcKind: Uint8Array;
  arcLabel: Uint32Array;
  arcTarget: Uint32Array;
  /** 1 where a node accepts (or, inside a sub-automaton, returns). One entry a node. */
  final: Uint8Array;
}

/** How a phrase was understood. `via: near` needed fuzzy matching, `grammar` came from the constrained reading. */
export type MatchVia = 'exact' | 'grammar' | 'near' | 'model';

/** A command that was considered and not taken, with the reason in words. */
export interface Candidate {
  command: string;
  /** The phrase it would have been. */
  phrase: string;
  score: number;
  reason: string;
}

/** A phrase understood as one command. */
export interface CommandMatch {
  command: string;
  args: Record<string, unknown>;
  score: number;
  via: MatchVia;
  /** The written phrase that matched, normalised. */
  phrase: string;
  candidates: Candidate[];
}

/** What the dispatcher made of a match. */
export type CommandOutcome =
  | { status: 'done'; say?: string; canUndo: boolean; durationMs: number }
  | { status: 'failed'; code: string; message: string; durationMs: number }
  | { status: 'refused'; reason: string; durationMs: number };
