import type { BlockDecoder } from './block-decoder.ts';
import { createBlockDecoder, type SampleEncoding } from './sample-decoder.ts';

const empty = new Float32Array(0);

/** Turns bytes that were cut anywhere into mono samples; keeps less than one block between two calls. */
export class PcmStream {
  private readonly decoder: BlockDecoder;
  private readonly isAdpcm: boolean;
  private readonly rest: Uint8Array;
  private restBytes = 0;

  constructor(encoding: SampleEncoding, channels: number) {
    this.decoder = createBlockDecoder(encoding, channels);
    this.isAdpcm = encoding.kind.endsWith('adpcm');
    this.rest = new Uint8Array(this.decoder.blockBytes);
  }

  /** Mono samples of all blocks that are complete now, at the stream's own rate. */
  push(bytes: Uint8Array): Float32Array {
    const { blockBytes } = this.decoder;
    const wholeBytes = this.restBytes + bytes.length - ((this.restBytes + bytes.length) % blockBytes);
    if (wholeBytes === 0) {
      this.keep(bytes);
      return empty;
    }
    const taken = wholeBytes - this.restBytes;
    let blocks = bytes.subarray(0, taken);
    if (this.restBytes > 0) {
      blocks = new Uint8Array(wholeBytes);
      blocks.set(this.rest.subarray(0, this.restBytes));
      blocks.set(bytes.subarray(0, taken), this.restBytes);
      this.restBytes = 0;
    }
    this.keep(bytes.subarray(taken));
    return this.decoder.decode(blocks);
  }

  /** What a cut last ADPCM block still holds; a cut frame of plain samples is dropped. */
  end(): Float32Array {
    const rest = this.rest.subarray(0, this.restBytes);
    this.restBytes = 0;
    return this.isAdpcm && rest.length > 0 ? this.decoder.decode(rest) : empty;
  }

  private keep(bytes: Uint8Array): void {
    this.rest.set(bytes, this.restBytes);
    this.restBytes += bytes.length;
  }
}
