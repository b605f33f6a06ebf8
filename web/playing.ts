/** What of heed's own sound may come from the loudspeaker. */
export type SoundSource = 'voice' | 'sound' | 'other-tab';

/** Tells the session while anything of heed's own is to be heard, so that it is not taken for the speaker. */
export class Playing {
  readonly #sources = new Set<SoundSource>();
  #hasPlayed = false;
  readonly #tell: (isPlaying: boolean, isHeld: boolean) => void;

  constructor(tell: (isPlaying: boolean, isHeld: boolean) => void) {
    this.#tell = tell;
  }

  /** Must be called before the sound begins. */
  begin(source: SoundSource): void {
    const wasSilent = this.#sources.size === 0;
    this.#sources.add(source);
    this.#hasPlayed = true;
    if (wasSilent) this.#tell(true, false);
  }

  /** The sound is over; with `isHeld` what follows is the speaker's own, who has stopped it or waited for it. */
  end(source: SoundSource, isHeld = false): void {
    if (this.#sources.delete(source) && this.#sources.size === 0) this.#tell(false, isHeld);
  }

  /** Push-to-talk is held: if nothing is to be heard any more, the echo of what was need not be waited for. */
  hold(): void {
    if (this.#hasPlayed && this.#sources.size === 0) this.#tell(false, true);
  }
}
