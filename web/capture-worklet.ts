import { Resampler } from '../src/audio/resampler.ts';
import { frameSamples } from '../src/types.ts';
import type { CapturedFrame } from './microphone.ts';
import { FrameCollector, loudness, mixDown, toPcm16 } from './pcm.ts';

// What an AudioWorkletGlobalScope has; TypeScript's libraries do not know it.
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** Runs in the audio thread: the device's rate and channels in, frames of 16 kHz mono out. */
class Capture extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(sampleRate);
  readonly #frames = new FrameCollector(frameSamples, (frame) => {
    const message: CapturedFrame = { pcm: toPcm16(frame), level: loudness(frame) };
    this.port.postMessage(message, [message.pcm]);
  });
  #isRunning = true;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.#isRunning = false;
    };
  }

  process([channels = []]: Float32Array[][]): boolean {
    if (this.#isRunning && channels.length > 0) this.#frames.push(this.#resampler.push(mixDown(channels)));
    return this.#isRunning;
  }
}

registerProcessor('capture', Capture);
