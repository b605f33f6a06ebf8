import { HeedError } from '../../errors.ts';

/** A class or function that a pickle names. Nothing of it is ever loaded or called. */
export class PickledGlobal {
  /** The module and the name, with a space between, as in "torch FloatStorage". */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What a pickle makes by calling a global: the global and its arguments, uncalled. */
export class PickledCall {
  readonly callee: PickledGlobal;
  readonly args: readonly unknown[];

  constructor(callee: PickledGlobal, args: readonly unknown[]) {
    this.callee = callee;
    this.args = args;
  }
}

/** How a pickle is read. */
export interface UnpickleOptions {
  /** The globals it may name; any other is refused. */
  isAllowed: (global: string) => boolean;
  /** Turns an allowed call into a value; without a result the call stays a `PickledCall`. */
  reduce?: (call: PickledCall) => unknown;
  /** Turns a reference to data outside the pickle into a value. */
  load?: (id: readonly unknown[]) => unknown;
}

/** What a pickle holds, and where the next one would begin. */
export interface Unpickled {
  value: unknown;
  endByte: number;
}

/** The most objects that one pickle may keep or have open; a checkpoint of a small model has about two thousand. */
const maxObjects = 200_000;
/** The longest text, bytes. */
const maxTextBytes = 64 * 1024;
/** A number of more bytes than this would lose digits. */
const maxIntegerBytes = 16;

const mark = Symbol('mark');

/**
 * Reads one pickle, protocol 2, as PyTorch writes it. A pickle is a program; this reads the few instructions that build
 * numbers, texts, lists, tuples and dictionaries (as `Map`s), and refuses every other one. It never looks up, loads or
 * calls anything: what the pickle would call is kept as data, and only if its name is allowed.
 * @throws HeedError `bad-model` for another instruction, a global that is not allowed, or a damaged pickle
 */
export function unpickle(bytes: Uint8Array, startByte: number, options: UnpickleOptions): Unpickled {
  const reader = new PickleReader(bytes, startByte, options);
  const value = reader.run();
  return { value, endByte: reader.position };
}

class PickleReader {
  position: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #options: UnpickleOptions;
  readonly #memo = new Map<number, unknown>();
  #stack: unknown[] = [];

  constructor(bytes: Uint8Array, startByte: number, options: UnpickleOptions) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = startByte;
    this.#options = options;
  }

  run(): unknown {
    if (this.#uint8() !== 0x80 || this.#uint8() !== 2) throw wrong('it is no pickle of protocol 2');
    for (;;) {
      const opcode = this.#uint8();
      if (opcode === 0x2e) return this.#last(this.#pop());
      this.#execute(opcode);
      if (this.#stack.length + this.#memo.size > maxObjects) throw wrong('it holds too many objects');
    }
  }

  #execute(opcode: number): void {
    switch (String.fromCharCode(opcode)) {
      case '(':
        return this.#push(mark);
      case 'N':
        return this.#push(undefined);
      case '\x88':
        return this.#push(true);
      case '\x89':
        return this.#push(false);
      case 'J':
        return this.#push(this.#view.getInt32(this.#take(4), true));
      case 'K':
        return this.#push(this.#uint8());
      case 'M':
        return this.#push(this.#view.getUint16(this.#take(2), true));
      case '\x8a':
        return this.#push(this.#integer(this.#uint8()));
      case 'G':
        return this.#push(this.#view.getFloat64(this.#take(8), false));
      case 'X':
        return this.#push(this.#text(this.#uint32()));
      case '}':
        return this.#push(new Map());
      case ']':
        return this.#push([]);
      case ')':
        return this.#push([]);
      case 't':
        return this.#push(this.#popToMark());
      case '\x85':
        return this.#push(this.#popMany(1));
      case '\x86':
        return this.#push(this.#popMany(2));
      case '\x87':
        return this.#push(this.#popMany(3));
      case 'q':
        return this.#keep(this.#uint8());
      case 'r':
        return this.#keep(this.#uint32());
      case 'h':
        return this.#push(this.#kept(this.#uint8()));
      case 'j':
        return this.#push(this.#kept(this.#uint32()));
      case 'a':
        return this.#append(this.#popMany(1));
      case 'e':
        return this.#append(this.#popToMark());
      case 's':
        return this.#setItems(this.#popMany(2));
      case 'u':
        return this.#setItems(this.#popToMark());
      case 'c':
        return this.#push(this.#global(`${this.#line()} ${this.#line()}`));
      case 'R':
      case '\x81':
        return this.#call();
      case 'b':
        // The state of an object that was made by a call: it is data about the object, which nothing here needs.
        this.#pop();
        return;
      case 'Q': {
        const id = this.#pop();
        if (!Array.isArray(id) || !this.#options.load) throw wrong('it refers to data outside');
        return this.#push(this.#options.load(id));
      }
      default:
        throw wrong(`it has the instruction 0x${opcode.toString(16)}, which no weights need`);
    }
  }

  #call(): void {
    const [callee, args] = this.#popMany(2);
    if (!(callee instanceof PickledGlobal) || !Array.isArray(args)) throw wrong('it calls what is no function');
    const call = new PickledCall(callee, args);
    this.#push(this.#options.reduce?.(call) ?? call);
  }

  #global(name: string): PickledGlobal {
    if (!this.#options.isAllowed(name)) throw wrong(`it names "${name.slice(0, 80)}", which no weights need`);
    return new PickledGlobal(name);
  }

  #append(items: unknown[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw wrong('it appends to what is no list');
    list.push(...items);
  }

  #setItems(items: unknown[]): void {
    const map = this.#top();
    // A dictionary made by a call, such as a `defaultdict`, is nothing that holds weights.
    if (map instanceof PickledCall) return;
    if (!(map instanceof Map) || items.length % 2 !== 0) throw wrong('it sets entries of what is no dictionary');
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  }

  #push(value: unknown): void {
    this.#stack.push(value);
  }

  #pop(): unknown {
    if (this.#stack.length === 0 || this.#top() === mark) throw wrong('it takes more than it has put down');
    return this.#stack.pop();
  }

  #popMany(count: number): unknown[] {
    return Array.from({ length: count }, () => this.#pop()).reverse();
  }

  #popToMark(): unknown[] {
    const from = this.#stack.lastIndexOf(mark);
    if (from < 0) throw wrong('it takes more than it has put down');
    const items = this.#stack.splice(from);
    return items.slice(1);
  }

  #top(): unknown {
    return this.#stack.at(-1);
  }

  /** The result, beneath which nothing may be left. */
  #last(value: unknown): unknown {
    if (this.#stack.length > 0) throw wrong('it ends in the middle');
    return value;
  }

  #keep(index: number): void {
    this.#memo.set(index, this.#top());
  }

  #kept(index: number): unknown {
    if (!this.#memo.has(index)) throw wrong('it takes what it never kept');
    return this.#memo.get(index);
  }

  #take(length: number): number {
    const start = this.position;
    if (start + length > this.#bytes.length) throw wrong('it is cut');
    this.position += length;
    return start;
  }

  #uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  #uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  #text(length: number): string {
    if (length > maxTextBytes) throw wrong('it holds a long text');
    const start = this.#take(length);
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, length).toString('utf8');
  }

  /** A whole number of any size, two's complement; one beyond 2⁵³ loses digits, which only the magic number has. */
  #integer(length: number): number {
    if (length > maxIntegerBytes) throw wrong('it holds a huge number');
    const start = this.#take(length);
    let value = 0n;
    for (let i = 0; i < length; i++) value |= BigInt(this.#bytes[start + i]!) << BigInt(8 * i);
    return Number(BigInt.asIntN(8 * Math.max(1, length), value));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end < 0 || end - this.position > 200) throw wrong('it is cut');
    const text = this.#text(end - this.position);
    this.position++;
    return text;
  }
}

function wrong(reason: string): HeedError {
  return new HeedError('bad-model', `The pickle cannot be used: ${reason}.`);
}
