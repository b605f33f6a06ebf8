export { createVad, type Vad, type VadStream } from './vad.ts';
export { Segmenter, type SegmenterEvent } from './segmenter.ts';
export { Endpointer, type EndpointDecision, type Heard } from './endpointer.ts';
