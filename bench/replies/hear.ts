import { defaultConfig } from '../../src/config/index.ts';
import { Dialog } from '../../src/dispatch/dialog.ts';
import { isDeepStrictEqual } from 'node:util';
import { hasEvidence } from '../../src/match/evidence.ts';
import { understandTranscript } from '../../src/match/index.ts';
import { goBack } from '../../src/session/go-back.ts';
import { Replies } from '../../src/session/replies.ts';
import type { CommandMatch, Transcript } from '../../src/types.ts';
import type { Recogniser } from '../lib/recogniser.ts';
import type { Moment } from './moments.ts';

/** What one recording led to at a moment. */
export interface Heard {
  text: string;
  held: string | undefined;
  /** The value of the answer or the arguments of the command that ran again; undefined when there was none. */
  value: unknown;
  /** Whether the question was called off. */
  isCancelled: boolean;
  command: CommandMatch | undefined;
}

const language = 'en';
/** Long after the question, so that nothing counts as heed's own voice. */
const startedAtMs = 10_000;
const clock = { nowMs: () => 0, after: () => () => undefined };

/** A recording, with its reading that is held to the commands alone: it is the same at every moment. */
export interface Sound {
  samples: Float32Array;
  plain?: Promise<Transcript>;
}

/** Hears a recording at a moment, as a session does; `isHeld` says whether readings are held to replies as well. */
export async function hearAt(recogniser: Recogniser, moment: Moment, sound: Sound, isHeld: boolean): Promise<Heard> {
  const matcher = recogniser.matcher!;
  const dialog = new Dialog({ timeoutMs: 1, publish: () => undefined, clock });
  const question = moment.question?.();
  let answer: { value: unknown } | 'cancelled' | undefined;
  if (question)
    dialog.ask(question).then(
      (value) => (answer = { value }),
      () => (answer = 'cancelled'),
    );
  const replies = new Replies(defaultConfig.match, {
    get expected() {
      return dialog.expected;
    },
    last: () => moment.last,
  });
  const spoken = { startedAtMs, language };
  const commands = { matcher, graph: matcher.grammar.graph, boost: [] };
  const { samples } = sound;
  const graph = replies.readingGrammar(commands, spoken, undefined).graph!;
  const transcript = isHeld
    ? await recogniser.read(samples, { hasWords: true, graph })
    : await (sound.plain ??= recogniser.read(samples, { hasWords: true }));
  const reply = isHeld ? replies.understand(transcript, matcher, spoken) : undefined;
  const result = understandTranscript(matcher, transcript);
  const isExpected = (): boolean =>
    dialog.expects(transcript.text) || reply !== undefined || result.match !== undefined;
  const heard = {
    text: transcript.text,
    held: reply?.phrase,
    value: undefined,
    isCancelled: false,
    command: undefined,
  };
  if (!hasEvidence(transcript, defaultConfig.match, isExpected)) return heard;
  const confidence = leastConfidence(transcript);
  const answered = dialog.answerSpoken({
    text: transcript.text,
    ...(reply?.kind === 'answer' ? { held: reply.phrase } : {}),
    spokenAtMs: startedAtMs,
    speech: { startedAtMs, confidence },
  });
  await Promise.resolve();
  if (answered !== 'none') {
    const given = answer as { value: unknown } | 'cancelled' | undefined;
    return { ...heard, value: typeof given === 'object' ? given.value : undefined, isCancelled: given === 'cancelled' };
  }
  const { last } = moment;
  const said = reply?.kind === 'back' ? reply.phrase : transcript.text;
  const back = last && result.match?.via !== 'exact' ? goBack(said, last, { language, confidence: 1 }) : undefined;
  if (back) return { ...heard, value: 'match' in back ? back.match.args : undefined };
  return { ...heard, command: result.match };
}

function leastConfidence({ words, confidence }: Transcript): number {
  return words.length === 0 ? confidence : Math.min(...words.map((word) => word.confidence));
}

/** Whether a recording of a reply was understood as what it means. */
export function isRight({ value, isCancelled }: Heard, wanted: unknown): boolean {
  return wanted === false ? value === false || isCancelled : isDeepStrictEqual(value, wanted);
}
