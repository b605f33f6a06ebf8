import type { Command } from '../registry/index.ts';
import { voiceKey, type HeardVoice, type PhraseVoice, type RefusalCode } from '../types.ts';
import { UnansweredError } from './question.ts';

/** A command, as far as it says whose voice may give it. */
export type RuledCommand = Pick<Command, 'name' | 'speakers' | 'speakerScore'>;

/** Why a voice may not give a command. */
export interface VoiceObjection {
  code: RefusalCode;
  reason: string;
}

/** What was asked for needs another voice. */
export class VoiceRefusal extends UnansweredError {
  readonly objection: VoiceObjection;

  constructor(objection: VoiceObjection) {
    super(objection.reason);
    this.objection = objection;
  }
}

/** Returns why a voice may not give a command, or answer a question about it; undefined if it may. */
export function whyNotHeard(command: RuledCommand, heard: HeardVoice | undefined): VoiceObjection | undefined {
  const { name, speakers, speakerScore } = command;
  if (speakers === undefined) return undefined;
  if (!heard)
    return { code: 'no-voice', reason: `${name} must be said by a voice that may give it, and answered by one.` };
  const { doubt, scores, threshold } = heard;
  if (doubt) return doubt;
  const least = speakerScore ?? threshold;
  const own = new Set(speakers === 'known' ? [] : speakers.map(voiceKey));
  const allowed = speakers === 'known' ? scores : scores.filter((known) => own.has(voiceKey(known.name)));
  if (allowed.length > 0 && allowed.reduce((sum, { score }) => sum + score, 0) >= least) return undefined;
  const [best] = scores;
  return best && best.score >= least && !allowed.includes(best)
    ? { code: 'wrong-speaker', reason: `${name} is not for the voice that said this.` }
    : { code: 'unknown-speaker', reason: `${name} is for known voices only, and this was not surely one of them.` };
}

/**
 * Returns why the voices that spoke a command may not give it, once it is known whose they are; what was not spoken has
 * none. Returns the first of them if they may.
 */
export async function hearVoices(
  command: RuledCommand,
  voices: readonly (PhraseVoice | undefined)[],
): Promise<VoiceObjection | HeardVoice> {
  const heard = await Promise.all(voices.map(async (voice) => voice?.heard));
  const [first] = heard;
  if (!first) return whyNotHeard(command, undefined)!;
  return heard.map((voice) => whyNotHeard(command, voice)).find((objection) => objection !== undefined) ?? first;
}
