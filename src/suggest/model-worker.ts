// The main module of the process of the sentence model, controlled by messages. It runs until the channel to its parent
// closes.
import { endWithParent } from '../platform/end-with-parent.ts';
import type { LlamaEmbeddings, LlamaLibrary, LlamaModel } from './llama-library.ts';
import { toModelSchema, type FromModel, type ToModel } from './model-messages.ts';

/** The longest sentence that is read, tokens; what is longer is cut. */
const maxTokens = 128;

endWithParent();
// Ctrl-C reaches every process of the terminal, but it is for the parent to decide when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let loaded: { model: LlamaModel; embeddings: LlamaEmbeddings } | undefined;

function tell(message: FromModel): void {
  // Errors are ignored: without a parent nobody waits for the message, and `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => undefined);
}

/** Loads what is there: nothing is downloaded or compiled. It gets one thread of the CPU; whisper needs the rest. */
async function load({ library, path }: Extract<ToModel, { type: 'load' }>): Promise<void> {
  const { getLlama, LlamaLogLevel } = (await import(library)) as LlamaLibrary;
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    maxThreads: 1,
  });
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
  loaded = { model, embeddings: await model.createEmbeddingContext({ contextSize: 2 * maxTokens, threads: 1 }) };
  tell({ type: 'ready' });
}

async function embed({ job, sentences }: Extract<ToModel, { type: 'embed' }>): Promise<void> {
  const { model, embeddings } = loaded!;
  const vectors: Float32Array[] = [];
  for (const sentence of sentences) {
    const { vector } = await embeddings.getEmbeddingFor(model.tokenize(sentence).slice(0, maxTokens));
    const length = Math.hypot(...vector);
    vectors.push(Float32Array.from(vector, (value) => (length > 0 ? value / length : 0)));
  }
  tell({ type: 'done', job, vectors });
}

process.on('message', (raw) => {
  const message = toModelSchema.parse(raw);
  const work = message.type === 'load' ? load(message) : embed(message);
  work.catch((error: unknown) =>
    tell({
      type: 'failed',
      ...(message.type === 'embed' ? { job: message.job } : {}),
      message: error instanceof Error ? error.message : String(error),
    }),
  );
});
// There is no gentle way to stop native code, and nothing to save.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
