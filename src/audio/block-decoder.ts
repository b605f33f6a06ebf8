/** Reads whole blocks of encoded audio into mono samples. */
export interface BlockDecoder {
  /** Bytes of one block: a frame of all channels, or a whole ADPCM block. */
  readonly blockBytes: number;
  /** Mono samples, −1…1, of whole blocks; a last ADPCM block may be cut. The channels' mean is taken. */
  decode(bytes: Uint8Array): Float32Array;
}
