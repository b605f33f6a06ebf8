/** Makes WAV files of every kind, well-formed or not, for tests. */

/** What a file is made of; everything but the sound has a default. */
export interface WavParts {
  /** The format tag: 1 integers, 3 floats, 6 A-law, 7 µ-law, 2 MS ADPCM, 0x11 IMA ADPCM. */
  tag?: number;
  channels?: number;
  sampleRateHz?: number;
  bits?: number;
  blockBytes?: number;
  /** What follows the 16 bytes of a format chunk, without its length. */
  extension?: Uint8Array;
  /** Wraps the format as WAVE_FORMAT_EXTENSIBLE. */
  isExtensible?: boolean;
  sound: Uint8Array;
  /** The length that the header claims; default: the right one. */
  soundBytes?: number;
  /** Whole chunks between format and sound, and after the sound. */
  before?: Uint8Array[];
  after?: Uint8Array[];
  riff?: string;
}

/** One chunk, padded to an even length as the format requires. */
export function chunk(id: string, body: Uint8Array, { claimedBytes = body.length, isPadded = true } = {}): Uint8Array {
  return bytes(id, uint32(claimedBytes), body, isPadded && body.length % 2 === 1 ? [0] : []);
}

/** A whole WAV file. */
export function wavFile(parts: WavParts): Uint8Array {
  const { sound, soundBytes = sound.length, before = [], after = [], riff = 'RIFF' } = parts;
  const data = chunk('data', sound, { claimedBytes: soundBytes, isPadded: after.length > 0 });
  const body = bytes('WAVE', formatChunk(parts), ...before, data, ...after);
  return bytes(riff, uint32(riff === 'RIFF' ? body.length : 0xffffffff), body);
}

/** The `fmt ` chunk alone. */
export function formatChunk({
  tag = 1,
  channels = 1,
  sampleRateHz = 16_000,
  bits = 16,
  blockBytes = (channels * bits) / 8,
  extension,
  isExtensible,
}: Omit<WavParts, 'sound'>): Uint8Array {
  const plain = bytes(
    uint16(isExtensible ? 0xfffe : tag),
    uint16(channels),
    uint32(sampleRateHz),
    uint32(sampleRateHz * blockBytes),
    uint16(blockBytes),
    uint16(bits),
  );
  if (isExtensible) {
    const subFormat = bytes(uint16(tag), [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    return chunk('fmt ', bytes(plain, uint16(22), uint16(bits), uint32(0), subFormat));
  }
  return chunk('fmt ', extension ? bytes(plain, uint16(extension.length), extension) : plain);
}

/** The `ds64` chunk of an RF64 file. */
export function ds64Chunk(soundBytes: number): Uint8Array {
  return chunk('ds64', bytes(uint32(0), uint32(0), uint32(soundBytes), uint32(0), uint32(0), uint32(0), uint32(0)));
}

/** Concatenates texts and bytes. */
export function bytes(...parts: (string | ArrayLike<number>)[]): Uint8Array {
  const pieces = parts.map((part) =>
    typeof part === 'string' ? Uint8Array.from(part, (letter) => letter.charCodeAt(0)) : part,
  );
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Little-endian numbers. */
export function uint16(value: number): Uint8Array {
  return new Uint8Array(Uint16Array.of(value).buffer);
}

export function uint32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}
