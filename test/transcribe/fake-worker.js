// A worker process that follows a script: the language of a reading names what to do. It has no model and imports
// nothing from heed, so that it starts at once.
import { existsSync, writeFileSync } from 'node:fs';

const samples = new Map();
const graphs = new Set();
const held = new Set();
let appends = 0;
let reads = 0;
let isKnown = false;
let cpuMs = 0;
/** The processor time that it claims to have used between two questions, ms. */
let usage = 20;

const tell = (message) => process.send(message);

/** Sends back what this process has seen. */
function report(job, audio) {
  const seen = {
    pid: process.pid,
    samples: samples.get(audio),
    open: samples.size,
    graphs: [...graphs],
    appends,
    reads,
  };
  answer(job, JSON.stringify(seen));
}

function answer(job, text) {
  const words = [{ word: text, startMs: 10, endMs: 90, confidence: 0.5 }];
  tell({
    type: 'done',
    job,
    reading: {
      text,
      words,
      logProbability: -1,
      tokens: 3,
      endMs: 90,
      language: 'en',
      confidence: 0.9,
      noSpeechProbability: 0.1,
      alternatives: [],
      positions: 64,
      inferenceMs: 1,
      stageMs: { encode: 1 },
    },
  });
}

const scripts = {
  hold: ({ job }) => held.add(job),
  'hold-hard': () => undefined, // does not obey an abort either
  'answer-and-die': ({ job, audio }) => {
    report(job, audio);
    scripts.die();
  },
  die: () => process.kill(process.pid, 'SIGKILL'),
  'last-words': () => process.stderr.write('loading\nGGML_ASSERT failed\n    at read (x.cpp)\n', () => process.abort()),
  loop: () => (usage = 1_000), // computes for ever
  wait: () => (usage = 0), // waits for ever
  babble: () => tell({ type: 'done', job: 'none of your business' }),
  refuse: ({ job }) => tell({ type: 'failed', job, code: 'bad-message', message: 'No such language.' }),
  strange: ({ job }) => tell({ type: 'failed', job, code: 'E_STRANGE', message: 'What is this?' }),
};

/** The first reading is that of the known sound. */
function readKnown(job) {
  isKnown = true;
  [appends, reads] = [0, 0];
  answer(job, 'What your country can do for you.');
}

function read({ job, audio, read: { language } }) {
  if (!isKnown) return readKnown(job);
  reads++;
  const [script, marker] = language.split(':');
  const isFirst = marker !== undefined && !existsSync(marker);
  if (isFirst) writeFileSync(marker, '');
  const once = isFirst ? scripts[script.replace(/-once$/, '')] : undefined;
  (once ?? scripts[script] ?? (() => report(job, audio)))({ job, audio });
}

/** The name of the model decides how loading ends. */
function load({ path, gpu, integratedGpu, gpuReaders }) {
  if (path === 'bad') tell({ type: 'failed', code: 'bad-model', message: 'This is no model.' });
  else if (path === 'crash' || existsSync(path)) process.exit(3);
  else if (path === 'gpu-crash' && gpu) process.abort();
  else if (path !== 'hang') {
    const isGpu = gpu && (path === 'gpu' || (path === 'integrated' && integratedGpu));
    const problem = gpu && !isGpu ? { gpuProblem: 'there is none' } : {};
    const reads = isGpu
      ? { readers: gpuReaders, backend: 'vulkan', device: 'A GPU' }
      : { readers: 1, backend: 'cpu', device: '', ...problem };
    tell({ type: 'ready', ...reads, system: 'FAKE = 1', multilingual: true });
  }
}

process.on('message', (message) => {
  switch (message.type) {
    case 'load':
      return load(message);
    case 'append':
      appends++;
      return samples.set(message.audio, (samples.get(message.audio) ?? 0) + message.samples.length);
    case 'close':
      return samples.delete(message.audio);
    case 'graph':
      return graphs.add(message.graph.id);
    case 'forget':
      return graphs.delete(message.graph);
    case 'abort':
      return (
        held.delete(message.job) && tell({ type: 'failed', job: message.job, code: 'aborted', message: 'Stopped.' })
      );
    case 'ping':
      cpuMs += usage;
      return tell({ type: 'pong', cpuMs });
    case 'read':
      return read(message);
  }
});
process.once('disconnect', () => process.exit(0));
