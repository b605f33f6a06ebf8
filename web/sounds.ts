/** The tones of the two sounds, Hz: one rises, the other falls. */
const tones = { begin: [587, 880], end: [880, 587] } as const;
const toneS = 0.07;
const loudness = 0.12;
/** How long the sound still goes on between the browser and the air, beyond what the browser knows of, s. */
const echoS = 0.1;
/** After this time a sound is over, even if the browser never says so, ms. */
const longestMs = 2_000;

/** Plays short sounds when listening begins and ends. */
export class Sounds {
  #context: AudioContext | undefined;

  /** Must be called while a key or button is pressed: only then may a page begin to make sounds. */
  prepare(): void {
    this.#context ??= new AudioContext({ latencyHint: 'interactive' });
    // It may not be allowed to; then `play` says so.
    this.#context.resume().catch(() => undefined);
  }

  /**
   * Plays a sound; resolves when it can no longer be heard. `onBegin` is called just before it begins, and not at all
   * when the browser does not allow sounds.
   */
  async play(kind: keyof typeof tones, onBegin: () => void = () => undefined): Promise<void> {
    const context = this.#context;
    if (context?.state !== 'running') return;
    onBegin();
    const from = context.currentTime;
    tones[kind].forEach((hz, index) => playTone(context, hz, from + index * toneS));
    // Silence with an end is a clock in the audio thread, which knows when the tones have been played.
    const silence = new ConstantSourceNode(context, { offset: 0 });
    silence.connect(context.destination);
    silence.start();
    silence.stop(from + tones[kind].length * toneS + (context.outputLatency || 0) + echoS);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMs);
      silence.onended = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    // An audio thread without work would still wake the processor.
    if (kind === 'end' && context.state === 'running') void context.suspend();
  }
}

function playTone(context: AudioContext, hz: number, from: number): void {
  const tone = new OscillatorNode(context, { frequency: hz });
  const gain = new GainNode(context, { gain: 0 });
  // A tone that begins or ends abruptly clicks.
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(loudness, from + toneS / 4);
  gain.gain.linearRampToValueAtTime(0, from + toneS);
  tone.connect(gain).connect(context.destination);
  tone.start(from);
  tone.stop(from + toneS);
}
