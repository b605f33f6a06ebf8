export { createVad, type Vad, type VadStream } from './vad.ts';
export { Segmenter, type SegmenterEvent } from './segmenter.ts';
export { Endpointer, type EndpointDecision, type PhraseSoFar } from './endpointer.ts';
