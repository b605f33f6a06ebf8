/** Why no sound comes from the microphone. */
export type MicrophoneProblem = 'insecure' | 'refused' | 'missing' | 'in-use' | 'lost' | 'failed';

/** Thrown when the microphone cannot be opened; `problem` tells the page which explanation to show. */
export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError';
  readonly problem: MicrophoneProblem;

  constructor(problem: MicrophoneProblem, options?: ErrorOptions) {
    super(`The microphone cannot be opened: ${problem}.`, options);
    this.problem = problem;
  }
}

/** One message of the worklet: 512 samples, 16 kHz mono, signed 16-bit little-endian, and their loudness, 0–1. */
export interface CapturedFrame {
  pcm: ArrayBuffer;
  level: number;
}

/** Which microphone is opened. */
export interface MicrophoneChoice {
  /** The `deviceId` of `navigator.mediaDevices.enumerateDevices()`; empty or absent means the default device. */
  deviceId?: string;
}

/** What a microphone needs. */
export interface MicrophoneOptions {
  /** The address of the built `capture-worklet.ts`. */
  workletUrl: string | URL;
  onFrame: (frame: CapturedFrame) => void;
  /** Called when the chosen device is not there and the default one is opened instead. */
  onFallback?: () => void;
  /** Called when the device disappears while it is open. */
  onLost: () => void;
}

/**
 * Delivers the microphone as frames of 16 kHz mono. It may be opened and closed at any time, even while the other is in
 * progress.
 */
export class Microphone {
  readonly #options: MicrophoneOptions;
  #context: AudioContext | undefined;
  #stream: MediaStream | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #worklet: AudioWorkletNode | undefined;
  /** Counts openings and closings, so that a late response of the browser is recognised as stale. */
  #turn = 0;

  constructor(options: MicrophoneOptions) {
    this.#options = options;
  }

  /**
   * Opens the microphone; resolves to false when it was closed meanwhile. A `deviceId` that is not there any more falls
   * back to the default device.
   * @throws MicrophoneError
   */
  async open({ deviceId = '' }: MicrophoneChoice = {}): Promise<boolean> {
    this.close();
    const turn = this.#turn;
    let stream: MediaStream | undefined;
    try {
      const requested = await requestChosenStream(deviceId);
      stream = requested.stream;
      const context = await this.#preparedContext();
      if (turn === this.#turn) {
        if (requested.isFallback) this.#options.onFallback?.();
        this.#listen(context, stream);
        return true;
      }
    } catch (error) {
      if (turn === this.#turn) {
        if (stream) stopTracks(stream);
        throw error instanceof MicrophoneError ? error : new MicrophoneError('failed', { cause: error });
      }
    }
    if (stream) stopTracks(stream);
    return false;
  }

  /** Releases the device, so that the browser's recording indicator goes out. Idempotent. */
  close(): void {
    this.#turn++;
    this.#release();
  }

  #listen(context: AudioContext, stream: MediaStream): void {
    this.#stream = stream;
    this.#source = context.createMediaStreamSource(stream);
    this.#worklet = new AudioWorkletNode(context, 'capture', { numberOfInputs: 1, numberOfOutputs: 0 });
    this.#worklet.port.onmessage = ({ data }: MessageEvent<CapturedFrame>) => this.#options.onFrame(data);
    this.#source.connect(this.#worklet);
    for (const track of stream.getAudioTracks()) {
      track.addEventListener('ended', () => {
        if (this.#stream !== stream) return;
        this.close();
        this.#options.onLost();
      });
    }
  }

  /** Returns the audio thread, which is kept between openings because push-to-talk must not wait for it each time. */
  async #preparedContext(): Promise<AudioContext> {
    if (!this.#context) {
      const context = new AudioContext({ latencyHint: 'interactive' });
      await context.audioWorklet.addModule(this.#options.workletUrl);
      this.#context = context;
    }
    await this.#context.resume();
    return this.#context;
  }

  #release(): void {
    if (this.#stream) stopTracks(this.#stream);
    this.#source?.disconnect();
    if (this.#worklet) {
      // Frames that are still on their way from the audio thread would arrive after the end of the phrase and begin a
      // new one.
      this.#worklet.port.onmessage = null;
      this.#worklet.port.postMessage('stop');
    }
    this.#stream = this.#source = this.#worklet = undefined;
    // An audio thread without work would still wake the processor, so it is suspended. That fails only for a closed
    // context, and this one is never closed.
    if (this.#context?.state === 'running') void this.#context.suspend();
  }
}

async function requestChosenStream(deviceId: string): Promise<{ stream: MediaStream; isFallback: boolean }> {
  if (deviceId === '') return { stream: await requestStream(), isFallback: false };
  try {
    return { stream: await requestStream(deviceId), isFallback: false };
  } catch (error) {
    if (!(error instanceof MicrophoneError && error.problem === 'missing')) throw error;
    return { stream: await requestStream(), isFallback: true };
  }
}

async function requestStream(deviceId?: string): Promise<MediaStream> {
  // Browsers hide the devices from pages at insecure addresses.
  if (!isSecureContext || !('mediaDevices' in navigator)) throw new MicrophoneError('insecure');
  try {
    return await navigator.mediaDevices.getUserMedia({
      // Noise suppression and echo cancellation are made for calls, and remove parts of the sound that recognition
      // needs.
      audio: {
        channelCount: 1,
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: true,
        ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
      },
    });
  } catch (error) {
    throw new MicrophoneError(problemOf(error), { cause: error });
  }
}

function problemOf(error: unknown): MicrophoneProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    default:
      return 'failed';
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
