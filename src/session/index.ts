export { Session, type SessionOptions } from './session.ts';
export { StreamClock } from './stream-clock.ts';
export type { Ears } from './ears.ts';
export { Grammars, type ActiveGrammar } from './grammars.ts';
