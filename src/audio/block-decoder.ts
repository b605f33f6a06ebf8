/** Reads whole blocks of encoded audio into mono samples. */
export interface BlockDecoder {
  /** The size of one block: a frame of all channels, or a whole ADPCM block. */
  readonly blockBytes: number;
  /**
   * Returns the channels mixed down to mono samples, −1…1. The bytes are whole blocks; only a last ADPCM block may be
   * cut.
   */
  decode(bytes: Uint8Array): Float32Array;
}
