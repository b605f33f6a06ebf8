export { Matcher } from './matcher.ts';
export { hasOtherMeaning } from './other-meaning.ts';
export { beginningReason, type MatchedSlot, type MatchResult, type UnknownPart } from './result.ts';
export { findSoundAlikes, type SoundAlike } from './sound-alikes.ts';
export { hearWake, mayWake, withoutWake, type WakeHeard } from './wake.ts';
export { bestReading, understandText, understandTranscript } from './understand.ts';
