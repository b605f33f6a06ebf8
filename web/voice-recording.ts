import { RequestError } from './requests.ts';

/** After how long a recording is sent first, and again if it was not enough, ms; and how long it may be. */
const [firstMs, moreMs, longestMs] = [14_000, 4_000, 60_000];
const tickMs = 250;

/** How a recording is made. */
export interface RecordingOptions<T> {
  signal: AbortSignal;
  /** Sends what has been recorded so far. Rejects with `bad-audio` when it is not enough. */
  send: (recording: Blob) => Promise<T>;
  /** Called with how much of the first part has been recorded, 0–1. */
  onProgress: (share: number) => void;
  /** Called with why the recording goes on. */
  onMore: (message: string) => void;
}

/** Records until that is enough, and stops the stream. Rejects when it never is, and when it is aborted. */
export async function recordUntilEnough<T>(stream: MediaStream, options: RecordingOptions<T>): Promise<T> {
  const { signal, send, onProgress, onMore } = options;
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  recorder.start(tickMs);
  try {
    for (let at = tickMs, sendAt = firstMs; ; at += tickMs) {
      await new Promise((resolve) => setTimeout(resolve, tickMs));
      if (signal.aborted) throw new Error('The recording was cancelled.');
      onProgress(Math.min(1, at / firstMs));
      if (at < sendAt) continue;
      try {
        return await send(new Blob(parts, { type: recorder.mimeType }));
      } catch (error) {
        if (!(error instanceof RequestError) || error.code !== 'bad-audio' || at >= longestMs) throw error;
        onMore(error.message);
        sendAt = at + moreMs;
      }
    }
  } finally {
    if (recorder.state !== 'inactive') recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  }
}
