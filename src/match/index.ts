export { Matcher } from './matcher.ts';
export { beginningReason, type MatchedSlot, type MatchResult, type UnknownPart } from './result.ts';
export { findSoundAlikes, type SoundAlike } from './sound-alikes.ts';
export { understandText, understandTranscript } from './understand.ts';
