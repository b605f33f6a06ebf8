import { defaultConfig } from '../config/index.ts';
import { concatSamples } from './concat-samples.ts';
import { PcmStream } from './pcm-stream.ts';
import { badWav, parseWavFormat, type WavFormat } from './wav-format.ts';

/**
 * What the parser reads next: `riff` the first 12 bytes; `chunk` a chunk's 8-byte header; `after-odd` such a header and
 * the byte before it, which pads a chunk of odd length; `ds64` and `format` the body of that chunk; `skip` the body of
 * any other chunk; `data` the sound; `after-data` the 8 bytes after it; `ended` nothing more.
 */
type State = 'riff' | 'chunk' | 'after-odd' | 'ds64' | 'format' | 'skip' | 'data' | 'after-data' | 'ended';

const riffIds = new Set(['RIFF', 'RF64', 'BW64']);
const maxFormatBytes = 1024;
/**
 * What looks like a longer unknown chunk after the sound is more likely sound whose bytes happen to look like letters.
 */
const maxTrailerBytes = 2 ** 28;
const lengthUnknown = 0xffffffff;
/** The chunks that are read. */
const ownIds = new Set(['fmt ', 'data', 'ds64']);
const trailerIds = new Set([
  'LIST',
  'fact',
  'cue ',
  'smpl',
  'inst',
  'bext',
  'iXML',
  'axml',
  'chna',
  'PEAK',
  'JUNK',
  'PAD ',
  'FLLR',
  'id3 ',
  'ID3 ',
  '_PMX',
]);
const empty = new Float32Array(0);

/** Reads one WAV stream, cut anywhere, into mono samples at the file's own rate. */
export class WavParser {
  /** Known once the header has been read. */
  format: WavFormat | undefined;
  private readonly maxHeaderBytes: number;
  private state: State = 'riff';
  private pcm: PcmStream | undefined;
  /** The few header bytes that are being collected, and how many are needed. */
  private header = new Uint8Array(maxFormatBytes);
  private headerBytes = 0;
  private wantedBytes = 12;
  /** How many bytes are left of the body that is being skipped, or of the sound; may be Infinity. */
  private leftBytes = 0;
  private bodyBytes = 0;
  private seenBytes = 0;
  private longDataBytes: number | undefined;

  constructor(options: { maxHeaderBytes?: number } = {}) {
    this.maxHeaderBytes = options.maxHeaderBytes ?? defaultConfig.audio.maxWavHeaderBytes;
  }

  /** Returns the mono samples that these bytes complete. @throws HeedError `bad-audio` */
  push(bytes: Uint8Array): Float32Array {
    const parts: Float32Array[] = [];
    let at = 0;
    while (at < bytes.length && this.state !== 'ended') {
      if (this.state === 'data') {
        const taken = Math.min(this.leftBytes, bytes.length - at);
        parts.push(this.pcm!.push(bytes.subarray(at, at + taken)));
        this.leftBytes -= taken;
        at += taken;
        if (this.leftBytes === 0) this.enter('after-data', 8 + (this.bodyBytes % 2));
      } else if (this.state === 'skip') {
        const taken = Math.min(this.leftBytes, bytes.length - at);
        this.leftBytes -= taken;
        at += taken;
        this.countHeader(taken);
        if (this.leftBytes === 0) this.enterChunk();
      } else {
        const taken = Math.min(this.wantedBytes - this.headerBytes, bytes.length - at);
        this.header.set(bytes.subarray(at, at + taken), this.headerBytes);
        this.headerBytes += taken;
        at += taken;
        this.countHeader(taken);
        if (this.headerBytes === this.wantedBytes)
          parts.push(this.readHeader(this.header.subarray(0, this.wantedBytes)));
      }
    }
    return concatSamples(parts);
  }

  /**
   * Returns the last samples. A stream without a single byte is silence; one that ends inside its header is an error.
   */
  end(): Float32Array {
    const wasEmpty = this.state === 'riff' && this.headerBytes === 0;
    const parts: Float32Array[] = [];
    // Bytes that are too few for a chunk header, after a length that was wrong, are sound.
    if (this.state === 'after-data' && this.bodyBytes === 0)
      parts.push(this.pcm!.push(this.header.subarray(0, this.headerBytes)));
    this.state = 'ended';
    if (this.pcm) parts.push(this.pcm.end());
    else if (!wasEmpty)
      throw badWav(`it ends after ${this.seenBytes} bytes, inside its header`, 'Send the whole file, header first.');
    return concatSamples(parts);
  }

  private enter(state: State, wantedBytes: number): void {
    this.state = state;
    this.headerBytes = 0;
    this.wantedBytes = wantedBytes;
  }

  /** Some writers leave out the byte that pads a chunk of odd length. */
  private enterChunk(): void {
    if (this.bodyBytes % 2 === 0) this.enter('chunk', 8);
    else this.enter('after-odd', 9);
  }

  private countHeader(bytes: number): void {
    this.seenBytes += bytes;
    if (!this.pcm && this.seenBytes > this.maxHeaderBytes) {
      throw badWav(
        `more than ${this.maxHeaderBytes} bytes came before the sound`,
        'Write the file without extra chunks, or raise audio.maxWavHeaderBytes.',
      );
    }
  }

  private readHeader(bytes: Uint8Array): Float32Array {
    switch (this.state) {
      case 'riff': {
        const [id, kind] = [readId(bytes, 0), readId(bytes, 8)];
        if (!riffIds.has(id) || kind !== 'WAVE') {
          throw badWav(
            '"RIFF", a length and "WAVE" were expected at its start, other bytes came',
            'Send the header first, or declare a raw encoding.',
          );
        }
        this.enter('chunk', 8);
        return empty;
      }
      case 'chunk':
        this.readChunkHeader(readId(bytes, 0), readUint32(bytes, 4));
        return empty;
      case 'after-odd':
        return this.readAfterOdd(bytes.slice());
      case 'ds64':
        this.longDataBytes = readUint32(bytes, 8) + readUint32(bytes, 12) * 2 ** 32;
        this.skipRest();
        return empty;
      case 'format':
        this.format = parseWavFormat(bytes);
        this.skipRest();
        return empty;
      case 'after-data':
        return this.readAfterData(bytes);
      default:
        return empty;
    }
  }

  private readAfterOdd(bytes: Uint8Array): Float32Array {
    const isKnown = (at: number): boolean => ownIds.has(readId(bytes, at)) || trailerIds.has(readId(bytes, at));
    const at = !isKnown(1) && isKnown(0) ? 0 : 1;
    this.readChunkHeader(readId(bytes, at), readUint32(bytes, at + 4));
    return at === 0 ? this.push(bytes.subarray(8)) : empty;
  }

  private readChunkHeader(id: string, length: number): void {
    this.bodyBytes = length;
    if (id === 'data') this.startData(length);
    else if (id === 'ds64' && length >= 16) this.enter('ds64', 16);
    // A second format chunk would change the sound midway; only the first one counts.
    else if (id === 'fmt ' && length > 0 && !this.format) this.enter('format', Math.min(length, maxFormatBytes));
    else this.skip(length);
  }

  private startData(length: number): void {
    if (!this.format) throw badWav('a "fmt " chunk was expected before the "data" chunk', 'The file is damaged.');
    this.pcm ??= new PcmStream(this.format.encoding, this.format.channels);
    const bytes = length === lengthUnknown ? (this.longDataBytes ?? Infinity) : length;
    this.bodyBytes = bytes;
    this.leftBytes = bytes;
    // A recorder that cannot seek back leaves a length of zero; what follows is sound unless it is a known chunk.
    if (bytes === 0) this.enter('after-data', 8);
    else this.state = 'data';
  }

  /** After the sound comes either another chunk, or more sound because the length was wrong. */
  private readAfterData(bytes: Uint8Array): Float32Array {
    const isPadded = bytes.length > 8;
    // Some writers omit the padding byte.
    if (this.isChunkHeader(bytes, isPadded ? 1 : 0) || (isPadded && this.isChunkHeader(bytes, 0))) {
      this.state = 'ended';
      return empty;
    }
    this.state = 'data';
    this.leftBytes = Infinity;
    return this.pcm!.push(bytes);
  }

  private isChunkHeader(bytes: Uint8Array, at: number): boolean {
    const id = readId(bytes, at);
    if (trailerIds.has(id)) return true;
    return this.bodyBytes > 0 && /^[\x20-\x7e]{4}$/.test(id) && readUint32(bytes, at + 4) < maxTrailerBytes;
  }

  private skipRest(): void {
    this.skip(this.bodyBytes - this.headerBytes);
  }

  private skip(bytes: number): void {
    this.leftBytes = bytes;
    if (bytes === 0) this.enterChunk();
    else this.state = 'skip';
  }
}

function readId(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!);
}

function readUint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}
