/** Sound from the worklet: 512 samples or fewer, 16 kHz mono, signed 16-bit little-endian; and its loudness, 0–1. */
export interface CapturedFrame {
  pcm: ArrayBuffer;
  level: number;
}

/** What comes from the worklet; `drained` when all sound up to the request has been posted. */
export type CaptureMessage = CapturedFrame | 'drained';

/** What the worklet is asked for. */
export type CaptureRequest = 'drain' | 'stop';
