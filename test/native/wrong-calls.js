// Makes thousands of wrong calls to the addons. Each must throw or reject with an error that has a code, and correct
// calls in between must still work. scripts/test-native.js runs this under sanitizers.
/* global structuredClone */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createRandom, garbage, pick } from './garbage.js';

const [folder, modelPath] = process.argv.slice(2);
const load = createRequire(import.meta.url);
const heed = load(join(folder, 'heed.node'));
const voice = load(join(folder, 'voice.node'));
const random = createRandom(7);
let calls = 0;
let rejected = 0;

/** An error must have one of heed's codes, or be Node's own error for a receiver of another kind. */
function check(error) {
  rejected++;
  const isOwn = error instanceof Error && (typeof error.code === 'string' || error instanceof TypeError);
  if (isOwn || error === thrownByGetter) return;
  throw new Error(`An error without a code: ${String(error)}`, { cause: error });
}

/** Makes a call that may be wrong. */
async function attempt(call) {
  calls++;
  try {
    const result = call();
    await (result instanceof Promise ? result : result?.promise);
  } catch (error) {
    check(error);
  }
}

const thrownByGetter = new Error('thrown by a getter');
const samples = (seconds) => Float32Array.from({ length: seconds * 16000 }, (_, i) => Math.sin(i / 20) * 0.1);
const right = {
  priority: 0,
  endSample: 16000,
  language: 'en',
  translate: false,
  nBest: 1,
  words: true,
  positions: 64,
  threads: 1,
  beam: 4,
};
/** A graph that accepts "turn on" and "turn off". */
const graph = (id) => ({
  id,
  prompt: 'Turn on.',
  start: 0,
  words: ['turn', 'on', 'off'],
  arcStart: Uint32Array.of(0, 1, 3, 3),
  arcKind: Uint8Array.of(0, 0, 0),
  arcLabel: Uint32Array.of(0, 1, 2),
  arcTarget: Uint32Array.of(1, 2, 2),
  final: Uint8Array.of(0, 0, 1),
});

await wrongLoads();
await wrongVoices();
const engine = await heed.load(modelPath, { readers: 2, maxQueue: 4, gpu: false });
await wrongAudio();
await wrongReceivers();
await wrongOptions();
await wrongGraphs();
await abortedReadings();
await closing();
console.error(`${calls} calls, ${rejected} refused`);

async function wrongLoads() {
  for (let i = 0; i < 400; i++)
    await attempt(() => heed.load(...Array.from({ length: Math.floor(random() * 4) }, () => garbage(random))));
  const options = { readers: 1, maxQueue: 1, gpu: false };
  for (const path of ['', '/', '/nowhere', import.meta.filename, 'a\0b']) await attempt(() => heed.load(path, options));
  for (let i = 0; i < 200; i++)
    await attempt(() => heed.load('/nowhere', { ...options, [pick(random, Object.keys(options))]: garbage(random) }));
}

async function wrongVoices() {
  const { VoiceModel } = voice;
  for (let i = 0; i < 500; i++) await attempt(() => new VoiceModel(garbage(random)));
  await attempt(() => VoiceModel({}));
  const tensors = voiceTensors();
  const whole = () => Object.fromEntries(Object.entries(tensors).map(([name, size]) => [name, new Float32Array(size)]));
  for (const name of Object.keys(tensors)) await attempt(() => new VoiceModel({ ...whole(), [name]: garbage(random) }));
  const model = new VoiceModel(whole());
  const input = () => new Float32Array(576);
  const state = () => new Float32Array(256);
  if (model.run([input()], [state()]).length !== 1) throw new Error('The voice model gave no probability.');
  for (let i = 0; i < 1000; i++)
    await attempt(() =>
      model.run(
        random() < 0.5 ? garbage(random) : [input(), garbage(random)],
        random() < 0.5 ? garbage(random) : [state(), state()],
      ),
    );
  // The getter of one element takes away the memory of the element before it.
  for (const which of ['inputs', 'states']) {
    const victim = which === 'inputs' ? input() : state();
    const array = [victim, undefined];
    Object.defineProperty(array, 1, {
      get() {
        structuredClone(victim.buffer, { transfer: [victim.buffer] });
        return which === 'inputs' ? input() : state();
      },
    });
    const other = which === 'inputs' ? [state(), state()] : [input(), input()];
    await attempt(() => (which === 'inputs' ? model.run(array, other) : model.run(other, array)));
  }
}

/** How many values the voice model's tensors have. */
function voiceTensors() {
  const layers = [
    [129, 128],
    [128, 64],
    [64, 64],
    [64, 128],
  ];
  return {
    'model.stft.forward_basis_buffer': 258 * 256,
    ...Object.fromEntries(
      layers.flatMap(([inputs, outputs], i) => [
        [`model.encoder.${i}.reparam_conv.weight`, inputs * outputs * 3],
        [`model.encoder.${i}.reparam_conv.bias`, outputs],
      ]),
    ),
    'model.decoder.rnn.weight_ih': 512 * 128,
    'model.decoder.rnn.weight_hh': 512 * 128,
    'model.decoder.rnn.bias_ih': 512,
    'model.decoder.rnn.bias_hh': 512,
    'model.decoder.decoder.2.weight': 128,
    'model.decoder.decoder.2.bias': 1,
  };
}

async function wrongAudio() {
  const NativeAudio = engine.openAudio().constructor;
  const NativeEngine = engine.constructor;
  for (let i = 0; i < 300; i++) {
    await attempt(() => new NativeAudio(garbage(random)));
    await attempt(() => new NativeEngine(garbage(random)));
  }
  const audio = engine.openAudio();
  for (let i = 0; i < 500; i++) await attempt(() => audio.append(garbage(random)));
  for (const wrong of [NaN, Infinity, -Infinity]) await attempt(() => audio.append(Float32Array.of(0, wrong)));
  await attempt(() => audio.append(new Float32Array(31 * 16000)));
  const detached = new Float32Array(100);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  await attempt(() => audio.append(detached));
  audio.close();
  audio.close();
  await attempt(() => audio.append(new Float32Array(10)));
  await attempt(() => engine.read(audio, right));
}

async function wrongReceivers() {
  const audio = engine.openAudio();
  audio.append(samples(1));
  const forged = Object.setPrototypeOf({}, Object.getPrototypeOf(audio));
  const swapped = Object.setPrototypeOf(await heed.load(modelPath, { readers: 1, maxQueue: 1, gpu: false }), forged);
  for (const receiver of [forged, swapped, Object.create(audio), Object.create(engine), audio, engine, {}, null, 7]) {
    for (const name of ['append', 'length'])
      if (receiver !== audio) await attempt(() => getterOf(audio, name)?.call(receiver));
    for (const name of ['backend', 'system', 'multilingual'])
      if (receiver !== engine) await attempt(() => getterOf(engine, name).call(receiver));
    for (const name of ['append', 'close'])
      if (receiver !== audio) await attempt(() => audio[name].call(receiver, new Float32Array(10)));
    for (const name of ['openAudio', 'read', 'load', 'close'])
      if (receiver !== engine && receiver !== swapped) await attempt(() => engine[name].call(receiver, audio, right));
    if (receiver !== audio) await attempt(() => engine.read(receiver, right));
  }
}

function getterOf(object, name) {
  return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(object), name).get;
}

async function wrongOptions() {
  const audio = engine.openAudio();
  audio.append(samples(1));
  for (let i = 0; i < 500; i++) await attempt(() => engine.read(...[garbage(random), garbage(random)].slice(i % 3)));
  for (let i = 0; i < 1500; i++)
    await attempt(() => engine.read(audio, { ...right, [pick(random, Object.keys(right))]: wrongValue() }));
  for (const name of Object.keys(right)) {
    const throwing = {
      ...right,
      get [name]() {
        throw thrownByGetter;
      },
    };
    await attempt(() => engine.read(audio, throwing));
  }
  // The getter of an option closes the very audio or engine that is about to be used.
  const closed = engine.openAudio();
  closed.append(samples(1));
  const closing = {
    ...right,
    get words() {
      closed.close();
      return true;
    },
  };
  await attempt(() => engine.read(closed, closing));
  for (let i = 0; i < 200; i++) await attempt(() => engine.read(audio, { ...right, boost: garbage(random) }));
  await attempt(() => engine.read(audio, { ...right, boost: new Array(4294967295) }));
  await attempt(() => engine.read(audio, { ...right, boost: ['', '', 'Nikolaus'] }));
}

/** A value that is wrong for every option, so that no reading starts. */
function wrongValue() {
  const value = garbage(random);
  return typeof value === 'boolean' || typeof value === 'number' ? 1e9 + random() : value;
}

async function wrongGraphs() {
  const audio = engine.openAudio();
  audio.append(samples(1));
  for (let i = 0; i < 1500; i++) {
    const wrong = graph(`wrong ${i}`);
    const name = pick(random, Object.keys(wrong));
    const isArray = ArrayBuffer.isView(wrong[name]);
    if (isArray && random() < 0.7) {
      const at = Math.floor(random() * wrong[name].length);
      wrong[name][at] = pick(random, [255, 4294967295, 77, 2147483648]);
      if (name === 'final') wrong.final = wrong.final.subarray(1);
    } else if (isArray) wrong[name] = new wrong[name].constructor(Math.floor(random() * 9));
    else if (name === 'start') wrong.start = pick(random, [3, -1, 1.5e9, NaN, 4294967295, 'x']);
    else if (name === 'words') wrong.words = random() < 0.5 ? ['', 'on', 'off'] : new Array(1e9);
    else wrong.id = pick(random, [7, undefined, {}, null]);
    const job = () => engine.read(audio, { ...right, graph: wrong });
    await attempt(() => {
      const begun = job();
      begun?.abort(); // some calls are correct by chance
      return begun;
    });
  }
}

async function abortedReadings() {
  const audio = engine.openAudio();
  audio.append(samples(2));
  const readings = [];
  for (let i = 0; i < 40; i++) {
    await attempt(() => {
      const job = engine.read(audio, { ...right, endSample: 32000, positions: 0, graph: graph(`g${i % 3}`) });
      readings.push(attempt(() => job.promise));
      if (i % 4 > 0) job.abort();
      if (i % 4 === 2) job.abort();
      return undefined;
    });
    if (i % 4 === 0) await readings.at(-1);
  }
  await Promise.all(readings);
  const { text, constrained } = await engine.read(audio, { ...right, graph: graph('last') }).promise;
  if (typeof text !== 'string' || !Array.isArray(constrained)) throw new Error('A right reading gave nothing.');
}

async function closing() {
  const audio = engine.openAudio();
  audio.append(samples(1));
  const jobs = [0, 1, 2].map(() => engine.read(audio, right));
  const ends = jobs.map((job) => attempt(() => job.promise));
  engine.close();
  engine.close();
  await Promise.all(ends);
  for (const job of jobs) job.abort();
  await attempt(() => engine.openAudio());
  await attempt(() => engine.read(audio, right));
  engine.load();
  if (engine.backend !== 'cpu') throw new Error('A closed engine must still tell its backend.');
}
