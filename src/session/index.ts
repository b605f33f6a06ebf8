export { Session, type SessionOptions } from './session.ts';
export type { Ears } from './ears.ts';
export { Grammars, type ActiveGrammar } from './grammars.ts';
