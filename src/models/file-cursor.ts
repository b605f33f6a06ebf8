import type { FileHandle } from 'node:fs/promises';
import { HeedError } from '../errors.ts';

const windowBytes = 64 * 1024;

/** Reads little-endian numbers one after the other from a file through a window of 64 KiB. */
export class FileCursor {
  readonly sizeBytes: number;
  readonly #file: FileHandle;
  readonly #path: string;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;
  #position = 0;

  constructor(file: FileHandle, sizeBytes: number, path: string) {
    this.#file = file;
    this.sizeBytes = sizeBytes;
    this.#path = path;
  }

  get position(): number {
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.#position === this.sizeBytes;
  }

  async uint8(): Promise<number> {
    return (await this.#take(1)).readUInt8();
  }

  async uint16(): Promise<number> {
    return (await this.#take(2)).readUInt16LE();
  }

  async uint32(): Promise<number> {
    return (await this.#take(4)).readUInt32LE();
  }

  async int32(): Promise<number> {
    return (await this.#take(4)).readInt32LE();
  }

  /** Returns a copy of the next bytes, 64 KiB at most. */
  async bytes(length: number): Promise<Uint8Array> {
    return Uint8Array.from(await this.#take(length));
  }

  /** Skips bytes, which must be there. */
  skip(length: number): void {
    this.#expect(length);
    this.#position += length;
  }

  /** The error for a file that is not what it should be. */
  wrong(reason: string): HeedError {
    return new HeedError('bad-model', `The model file ${this.#path} cannot be used: ${reason}.`);
  }

  async #take(length: number): Promise<Buffer> {
    this.#expect(length);
    let start = this.#position - this.#windowStart;
    if (start < 0 || start + length > this.#window.length) {
      const wanted = Math.min(windowBytes, this.sizeBytes - this.#position);
      const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(wanted), 0, wanted, this.#position);
      if (bytesRead < length) throw this.wrong(`it ended at byte ${this.#position + bytesRead}`);
      this.#window = buffer.subarray(0, bytesRead);
      this.#windowStart = this.#position;
      start = 0;
    }
    this.#position += length;
    return this.#window.subarray(start, start + length);
  }

  #expect(length: number): void {
    if (length > this.sizeBytes - this.#position) {
      throw this.wrong(
        `it is cut: ${this.#position + length} bytes or more were expected, but it has ${this.sizeBytes}`,
      );
    }
  }
}
