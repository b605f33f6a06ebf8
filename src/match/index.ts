export { delayOf } from './delays.ts';
export { asSaid } from './as-said.ts';
export { Matcher } from './matcher.ts';
export { hasOtherMeaning } from './other-meaning.ts';
export { beginningReason, type MatchedSlot, type MatchResult, type UnknownPart } from './result.ts';
export { phonesOf, soundDistance } from './sounds.ts';
export { hearWake, mayWake, withoutWake, type WakeHeard } from './wake.ts';
export { bestReading, understandText, understandTranscript } from './understand.ts';
export { understandReply } from './understand-reply.ts';
