import { Resampler } from '../src/audio/resampler.ts';
import { frameSamples } from '../src/types.ts';
import type { CapturedFrame, CaptureMessage, CaptureRequest } from './capture-messages.ts';
import { FrameCollector, loudness, mixDown, toPcm16 } from './pcm.ts';

// The globals of an AudioWorkletGlobalScope, which TypeScript's libraries do not declare.
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** Runs in the audio thread. It takes sound with the device's rate and channels, and posts 16 kHz mono frames. */
class Capture extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(sampleRate);
  readonly #frames = new FrameCollector(frameSamples, (frame) => {
    const message: CapturedFrame = { pcm: toPcm16(frame), level: loudness(frame) };
    this.port.postMessage(message, [message.pcm]);
  });
  #isRunning = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<CaptureRequest>) => {
      if (data === 'stop') this.#isRunning = false;
      else {
        this.#frames.flush();
        this.port.postMessage('drained' satisfies CaptureMessage);
      }
    };
  }

  process([channels = []]: Float32Array[][]): boolean {
    if (this.#isRunning && channels.length > 0) this.#frames.push(this.#resampler.push(mixDown(channels)));
    return this.#isRunning;
  }
}

registerProcessor('capture', Capture);
