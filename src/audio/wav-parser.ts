import { defaultConfig } from '../config/index.ts';
import { concatSamples } from './concat-samples.ts';
import { PcmStream } from './pcm-stream.ts';
import { badWav, parseWavFormat, type WavFormat } from './wav-format.ts';

/**
 * Where the parser stands: `riff` the first 12 bytes; `chunk` a chunk's 8-byte header; `ds64`, `format` the body of one
 * of these; `skip` another chunk's body; `data` the sound; `after-data` the 8 bytes behind it; `ended` nothing more is
 * read.
 */
type State = 'riff' | 'chunk' | 'ds64' | 'format' | 'skip' | 'data' | 'after-data' | 'ended';

const riffIds = new Set(['RIFF', 'RF64', 'BW64']);
const maxFormatBytes = 1024;
/** A longer unknown chunk behind the sound is rather sound whose bytes look like letters. */
const maxTrailerBytes = 2 ** 28;
const lengthUnknown = 0xffffffff;
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
  /** Known once the header is read. */
  format: WavFormat | undefined;
  private readonly maxHeaderBytes: number;
  private state: State = 'riff';
  private pcm: PcmStream | undefined;
  /** The few header bytes that are being collected, and how many are wanted. */
  private header = new Uint8Array(maxFormatBytes);
  private headerBytes = 0;
  private wantedBytes = 12;
  /** Bytes left of the body that is skipped or of the sound; may be Infinity. */
  private leftBytes = 0;
  private bodyBytes = 0;
  private seenBytes = 0;
  private longDataBytes: number | undefined;

  constructor(options: { maxHeaderBytes?: number } = {}) {
    this.maxHeaderBytes = options.maxHeaderBytes ?? defaultConfig.audio.maxWavHeaderBytes;
  }

  /** Mono samples that these bytes complete. @throws HeedError `bad-audio` */
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
        if (this.leftBytes === 0) this.enter('chunk', 8);
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

  /** The last samples. A stream without a byte is silence; one that ends inside its header is an error. */
  end(): Float32Array {
    const wasEmpty = this.state === 'riff' && this.headerBytes === 0;
    const parts: Float32Array[] = [];
    // Bytes too few for a chunk after a length that was wrong are sound.
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

  private readChunkHeader(id: string, length: number): void {
    this.bodyBytes = length;
    if (id === 'data') this.startData(length);
    else if (id === 'ds64' && length >= 16) this.enter('ds64', 16);
    // A second format would change the sound in its middle; the first one counts.
    else if (id === 'fmt ' && length > 0 && !this.format) this.enter('format', Math.min(length, maxFormatBytes));
    else this.skip(length + (length % 2));
  }

  private startData(length: number): void {
    if (!this.format) throw badWav('a "fmt " chunk was expected before the "data" chunk', 'The file is damaged.');
    this.pcm ??= new PcmStream(this.format.encoding, this.format.channels);
    const bytes = length === lengthUnknown ? (this.longDataBytes ?? Infinity) : length;
    this.bodyBytes = bytes;
    this.leftBytes = bytes;
    // A recorder that cannot seek back leaves a zero; what follows is sound unless it is a known chunk.
    if (bytes === 0) this.enter('after-data', 8);
    else this.state = 'data';
  }

  /** Behind the sound stands another chunk, or the length was wrong and the sound goes on. */
  private readAfterData(bytes: Uint8Array): Float32Array {
    const isPadded = bytes.length > 8;
    // Some writers forget the padding byte.
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
    this.skip(this.bodyBytes + (this.bodyBytes % 2) - this.headerBytes);
  }

  private skip(bytes: number): void {
    this.leftBytes = bytes;
    if (bytes === 0) this.enter('chunk', 8);
    else this.state = 'skip';
  }
}

function readId(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!);
}

function readUint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}
