import type { ByteSource } from './byte-source.ts';
import type { DeclaredLength } from './declared.ts';

// Ids of Matroska elements (RFC 9559 §5), with their length marker.
const segmentId = 0x18538067;
const clusterId = 0x1f43b675;
const infoId = 0x1549a966;
const timestampScaleId = 0x2ad7b1;
const durationId = 0x4489;

/** The elements whose children are looked at. */
const parents = new Set([segmentId, clusterId, infoId]);
const windowBytes = 64 * 1024;
const nsPerMs = 1e6;

interface Element {
  id: number;
  /** Where its body begins. */
  body: number;
  /** Infinity when it is unknown, as in a live recording. */
  length: number;
}

/** Follows the elements of a WebM or Matroska file to its end. */
export async function declaredWebm(source: ByteSource): Promise<DeclaredLength> {
  const window = new Window(source);
  let scaleNs = nsPerMs;
  let duration: number | undefined;
  let isCut = false;
  for (let at = 0; at < source.size && !isCut;) {
    const element = await window.elementAt(at);
    if (element === 'no-element') break;
    isCut = element === 'cut' || (element.length < Infinity && element.body + element.length > source.size);
    if (element === 'cut') break;
    const { id, body, length } = element;
    if (id === timestampScaleId) scaleNs = await window.integer(body, length);
    if (id === durationId) duration = await window.float(body, length);
    at = parents.has(id) ? body : body + length;
  }
  return { isCut, ...(duration === undefined ? {} : { durationMs: (duration * scaleNs) / nsPerMs }) };
}

/** Reads small pieces of a source through a window that moves with them. */
class Window {
  readonly #source: ByteSource;
  #at = 0;
  #bytes = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async elementAt(at: number): Promise<Element | 'cut' | 'no-element'> {
    const head = await this.#read(at, 12);
    const idBytes = lengthOf(head[0]);
    const sizeBytes = lengthOf(head[idBytes]);
    if (idBytes > 4) return 'no-element';
    if (head.length <= idBytes || head.length < idBytes + sizeBytes) return 'cut';
    if (sizeBytes > 8) return 'no-element';
    const size = head.slice(idBytes, idBytes + sizeBytes);
    // The first set bit tells how many bytes there are, and does not belong to the number.
    size[0]! &= 0xff >> sizeBytes;
    const value = numberOf(size);
    return {
      id: numberOf(head.subarray(0, idBytes)),
      body: at + idBytes + sizeBytes,
      length: value === 2 ** (7 * sizeBytes) - 1 ? Infinity : value,
    };
  }

  async integer(at: number, length: number): Promise<number> {
    return numberOf(await this.#read(at, Math.min(8, length)));
  }

  async float(at: number, length: number): Promise<number | undefined> {
    const bytes = await this.#read(at, length === 4 ? 4 : 8);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (length === 4 && bytes.length === 4) return view.getFloat32(0);
    return length === 8 && bytes.length === 8 ? view.getFloat64(0) : undefined;
  }

  async #read(at: number, length: number): Promise<Uint8Array> {
    if (at < this.#at || at + length > this.#at + this.#bytes.length) {
      this.#at = at;
      this.#bytes = (await this.#source.read(at, windowBytes)).slice();
    }
    return this.#bytes.subarray(at - this.#at, at - this.#at + length);
  }
}

/** How many bytes a number has, by the zeros before the first set bit of its first byte; 9 when there is none. */
function lengthOf(first = 0): number {
  return Math.clz32(first) - 23;
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
