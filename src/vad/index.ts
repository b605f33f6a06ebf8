export { createVad, type Vad } from './vad.ts';
export type { VadStream } from './vad-stream.ts';
export { withSensitivity } from './sensitivity.ts';
export { Segmenter, type SegmenterEvent } from './segmenter.ts';
export { Endpointer, type EndpointDecision, type PhraseSoFar } from './endpointer.ts';
