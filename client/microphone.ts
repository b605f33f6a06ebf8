import type { CapturedFrame, CaptureMessage, CaptureRequest } from './capture-messages.ts';

/** Why no sound comes from the microphone. */
export type MicrophoneProblem =
  'insecure' | 'refused' | 'missing' | 'in-use' | 'lost' | 'no-connection' | 'failed' | 'unsupported';

/** Thrown when the microphone cannot be opened; `problem` tells the page which explanation to show. */
export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError';
  readonly problem: MicrophoneProblem;

  constructor(problem: MicrophoneProblem, { cause, help }: { cause?: unknown; help?: string } = {}) {
    super(`The microphone cannot be opened: ${problem}.${help === undefined ? '' : ` ${help}`}`, { cause });
    this.problem = problem;
  }
}

/** A microphone of this machine. The label is empty until the person has allowed a microphone. */
export interface MicrophoneDevice {
  deviceId: string;
  label: string;
}

/** Where sound is taken from. */
export interface AudioSource {
  /** The microphone, from `listMicrophones`; default: the one that the browser chooses. */
  deviceId?: string | undefined;
  /** A `MediaStream` of the page's own, such as that of a call, in place of a microphone. It is not stopped. */
  stream?: { readonly id: string; getAudioTracks(): readonly object[] } | undefined;
}

/** What a microphone needs. */
export interface MicrophoneOptions {
  /** Returns the address of the built `capture-worklet.ts`. */
  workletUrl: () => string;
  onFrame: (frame: CapturedFrame) => void;
  /** Called when the chosen device is not there and the default one is opened instead. */
  onFallback?: () => void;
  /** Called when the device disappears while it is open. */
  onLost: () => void;
}

/** Lists the microphones of this machine. */
export async function listMicrophones(): Promise<MicrophoneDevice[]> {
  const devices = await mediaDevices().enumerateDevices();
  return devices.flatMap(({ kind, deviceId, label }) => (kind === 'audioinput' ? [{ deviceId, label }] : []));
}

/** The audio thread posts what it has at once. One that does not respond within this time has been suspended, ms. */
const drainTimeoutMs = 250;

/**
 * Delivers the microphone as frames of 16 kHz mono. It may be opened and closed at any time, even while the other is in
 * progress.
 */
export class Microphone {
  readonly #options: MicrophoneOptions;
  #context: AudioContext | undefined;
  #prepared: Promise<AudioContext> | undefined;
  #stream: MediaStream | undefined;
  #isOwnStream = true;
  #source: MediaStreamAudioSourceNode | undefined;
  #worklet: AudioWorkletNode | undefined;
  /** Called when the audio thread has posted everything. */
  #onDrained: (() => void) | undefined;
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
  async open({ deviceId, stream: given }: AudioSource = {}): Promise<boolean> {
    this.close();
    const turn = this.#turn;
    let own: MediaStream | undefined;
    try {
      const requested = given ? undefined : await requestChosenStream(deviceId);
      own = requested?.stream;
      const context = await this.#preparedContext();
      if (turn === this.#turn) {
        if (requested?.isFallback) this.#options.onFallback?.();
        this.#isOwnStream = own !== undefined;
        this.#listen(context, own ?? (given as MediaStream));
        return true;
      }
    } catch (error) {
      if (turn === this.#turn) {
        if (own) stopTracks(own);
        throw error instanceof MicrophoneError ? error : new MicrophoneError('failed', { cause: error });
      }
    }
    if (own) stopTracks(own);
    return false;
  }

  /** Resolves when every frame of what was heard so far has been delivered, the last and shorter one included. */
  async drain(): Promise<void> {
    const worklet = this.#worklet;
    if (!worklet) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, drainTimeoutMs);
      this.#onDrained?.();
      this.#onDrained = () => {
        clearTimeout(timer);
        this.#onDrained = undefined;
        resolve();
      };
      worklet.port.postMessage('drain' satisfies CaptureRequest);
    });
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
    this.#worklet.port.onmessage = ({ data }: MessageEvent<CaptureMessage>) => {
      if (data === 'drained') this.#onDrained?.();
      else this.#options.onFrame(data);
    };
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
    if (typeof AudioContext === 'undefined') throw unsupported();
    this.#prepared ??= this.#prepare().catch((error: unknown) => {
      this.#prepared = undefined;
      throw error;
    });
    const context = await this.#prepared;
    await context.resume();
    return context;
  }

  async #prepare(): Promise<AudioContext> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    try {
      await context.audioWorklet.addModule(this.#options.workletUrl());
    } catch (cause) {
      await context.close();
      const help =
        'Its worklet did not load. If the Content-Security-Policy of this page forbids blob: scripts, serve ' +
        'capture-worklet.js and give its address as the option `workletUrl`.';
      throw new MicrophoneError('failed', { cause, help });
    }
    this.#context = context;
    return context;
  }

  #release(): void {
    if (this.#stream && this.#isOwnStream) stopTracks(this.#stream);
    this.#source?.disconnect();
    if (this.#worklet) {
      // Frames that are still on their way from the audio thread would arrive after the end of the phrase and begin a
      // new one.
      this.#worklet.port.onmessage = null;
      this.#worklet.port.postMessage('stop' satisfies CaptureRequest);
    }
    this.#stream = this.#source = this.#worklet = undefined;
    this.#onDrained?.();
    // An audio thread without work would still wake the processor, so it is suspended. That fails only for a closed
    // context, and this one is never closed.
    if (this.#context?.state === 'running') void this.#context.suspend();
  }
}

function unsupported(): MicrophoneError {
  const help = 'There is none in this environment. Send samples of your own with `sendAudio`.';
  return new MicrophoneError('unsupported', { help });
}

function mediaDevices(): MediaDevices {
  if (typeof navigator === 'undefined' || typeof isSecureContext === 'undefined') throw unsupported();
  // Browsers hide the devices from pages at insecure addresses.
  if (!isSecureContext || !('mediaDevices' in navigator)) throw new MicrophoneError('insecure');
  return navigator.mediaDevices;
}

/** Opens the chosen microphone; one that is not there any more falls back to the default one. */
async function requestChosenStream(deviceId = ''): Promise<{ stream: MediaStream; isFallback: boolean }> {
  if (deviceId === '') return { stream: await requestStream(), isFallback: false };
  try {
    return { stream: await requestStream(deviceId), isFallback: false };
  } catch (error) {
    if (!(error instanceof MicrophoneError && error.problem === 'missing')) throw error;
    return { stream: await requestStream(), isFallback: true };
  }
}

async function requestStream(deviceId?: string): Promise<MediaStream> {
  const devices = mediaDevices();
  try {
    return await devices.getUserMedia({
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
