export { SessionSpans } from './session-spans.ts';
export type { UtteranceSpans } from './utterance-spans.ts';
