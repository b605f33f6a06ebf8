import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, expect, test } from 'vitest';
import { loadAddon } from '../../src/platform/load-addon.ts';
import { readModel } from '../../src/vad/model-file.ts';
import { NativeModel } from '../../src/vad/native-model.ts';
import { readTensors } from '../../src/vad/onnx-tensors.ts';
import { humanSample, whiteNoise } from '../speech.ts';

const inputSamples = 576;
const stateSize = 256;
let inputs: Float32Array[];

beforeAll(async () => {
  const [voice, noise] = [await humanSample(), whiteNoise(16_000)];
  const samples = new Float32Array([...voice, ...noise]);
  inputs = Array.from({ length: 300 }, (_, frame) => samples.slice(frame * 512, frame * 512 + inputSamples));
});

/** Probabilities of one stream in onnxruntime. */
async function referenceOf(stream: Float32Array[]): Promise<number[]> {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  const session = await InferenceSession.create(readModel('silero-v6'), { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const probabilities: number[] = [];
  let state: Float32Array = new Float32Array(stateSize);
  for (const input of stream) {
    const results = await session.run({
      input: new Tensor('float32', input, [1, inputSamples]),
      state: new Tensor('float32', state, [2, 1, 128]),
      sr: new Tensor('int64', BigInt64Array.of(16_000n), []),
    });
    state = results['stateN']!.data as Float32Array;
    probabilities.push((results['output']!.data as Float32Array)[0]!);
  }
  await session.release();
  return probabilities;
}

function heardBy(model: NativeModel, streams: Float32Array[][]): number[][] {
  const rows = streams.map(() => model.createRow());
  const heard: number[][] = streams.map(() => []);
  for (let frame = 0; frame < streams[0]!.length; frame++) {
    rows.forEach((row, index) => row.input.set(streams[index]![frame]!));
    model.run(rows).forEach((probability, index) => heard[index]!.push(probability));
  }
  return heard;
}

test('the model in the addon answers what onnxruntime answers, frame by frame', async () => {
  const reference = await referenceOf(inputs);
  const [heard] = heardBy(new NativeModel(readModel('silero-v6')), [inputs]);
  const off = reference.map((probability, frame) => Math.abs(probability - heard![frame]!));
  expect(Math.max(...off)).toBeLessThan(1e-5);
  expect(Math.max(...reference)).toBeGreaterThan(0.9);
  expect(Math.min(...reference)).toBeLessThan(0.1);
});

test.each([2, 3, 5, 8, 9, 21])('%i streams at once hear what each hears alone', (count) => {
  const model = new NativeModel(readModel('silero-v6'));
  const streams = Array.from({ length: count }, (_, stream) => inputs.slice(stream * 10, stream * 10 + 40));
  expect(heardBy(model, streams)).toEqual(streams.map((stream) => heardBy(model, [stream])[0]));
});

test('no stream is no answer', () => {
  expect(new NativeModel(readModel('silero-v6')).run([])).toHaveLength(0);
});

const { VoiceModel } = loadAddon<{
  VoiceModel: new (tensors: unknown) => { run(inputs: unknown, states: unknown): Float32Array };
}>('voice');

test('a model without one of its tensors, or with another size of it, is refused by name', () => {
  const { 'model.decoder.rnn.bias_hh': bias, ...rest } = readTensors(readModel('silero-v6'));
  expect(bias).toHaveLength(512);
  expect(() => new VoiceModel(rest)).toThrow(
    expect.objectContaining({
      code: 'bad-model',
      message: expect.stringContaining('model.decoder.rnn.bias_hh is missing'),
    }),
  );
  expect(() => new VoiceModel({ ...rest, 'model.decoder.rnn.bias_hh': bias!.slice(1) })).toThrow(
    expect.objectContaining({ code: 'bad-model', message: expect.stringContaining('511 values instead of 512') }),
  );
});

test('arguments of another kind or size are refused in front of native code', () => {
  expect(() => new VoiceModel(undefined)).toThrow(expect.objectContaining({ code: 'bad-message' }));
  expect(() => new VoiceModel({ tensor: [1] })).toThrow(expect.objectContaining({ code: 'bad-message' }));
  const model = new VoiceModel(readTensors(readModel('silero-v6')));
  const [input, state] = [new Float32Array(inputSamples), new Float32Array(stateSize)];
  for (const [inputsGiven, states] of [
    [[input], []],
    [[input.slice(1)], [state]],
    [[input], [state.slice(1)]],
    [[new Float64Array(inputSamples)], [state]],
    [input, state],
    [{ length: 1 }, [state]],
  ]) {
    expect(() => model.run(inputsGiven, states)).toThrow(expect.objectContaining({ code: 'bad-message' }));
  }
});
