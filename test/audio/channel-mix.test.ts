import { describe, expect, test } from 'vitest';
import { ChannelMix } from '../../src/audio/channel-mix.ts';
import { createAudioDecoder } from '../../src/audio/index.ts';

const lengthSamples = 16_000;

function tone(hz: number, gain = 0.5): Float32Array {
  return Float32Array.from(
    { length: lengthSamples },
    (_, at) => gain * Math.sin((2 * Math.PI * hz * at) / lengthSamples),
  );
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}

const inverted = (samples: Float32Array): Float32Array => samples.map((sample) => -sample);
const silence = new Float32Array(lengthSamples);
const [voice, other] = [tone(200), tone(333)];

describe('Mixing channels', () => {
  test.each<[string, Float32Array[]]>([
    ['alike', [voice, voice]],
    ['of nothing in common', [voice, other]],
    ['of which one is silent', [voice, silence]],
    ['of which one of four sounds', [voice, silence, silence, silence]],
    ['that are all silent', [silence, silence]],
  ])('channels %s give their mean', (_, channels) => {
    const mean = voice.map((_sample, at) => channels.reduce((sum, own) => sum + own[at]!, 0) / channels.length);
    expect(new ChannelMix(channels.length).mix(channels)).toEqual(mean);
  });

  test.each<[string, Float32Array[]]>([
    ['two channels', [voice, inverted(voice)]],
    ['a fainter second one', [voice, inverted(voice.map((sample) => 0.8 * sample))]],
    ['a fainter first one', [voice.map((sample) => 0.8 * sample), inverted(voice)]],
    ['two pairs', [voice, inverted(voice), other, inverted(other)]],
  ])('of channels that cancel each other, the loudest is used: %s', (_, channels) => {
    const mono = new ChannelMix(channels.length).mix(channels);
    expect(power(mono.subarray(1_000))).toBeCloseTo(power(voice), 2);
  });

  test('the mean is used again once the channels agree', () => {
    const mix = new ChannelMix(2);
    mix.mix([voice, inverted(voice)]);
    for (let second = 0; second < 3; second++) mix.mix([voice, voice]);
    expect(mix.mix([voice, other])).toEqual(voice.map((sample, at) => (sample + other[at]!) / 2));
  });

  test('it does not matter how the stream is cut', () => {
    const channels = [voice, inverted(voice)];
    const whole = new ChannelMix(2).mix(channels);
    const mix = new ChannelMix(2);
    const parts = Array.from({ length: 100 }, (_, part) =>
      mix.mix(channels.map((samples) => samples.subarray(part * 160, (part + 1) * 160))),
    );
    expect(Float32Array.from(parts.flatMap((part) => [...part]))).toEqual(whole);
  });

  test('a live stream of two channels that cancel each other is heard', () => {
    const decoder = createAudioDecoder({ encoding: 'pcm_f32le', sampleRate: 16_000, channels: 2 });
    const both = Float32Array.from({ length: 2 * lengthSamples }, (_, at) => (at % 2 ? -1 : 1) * voice[at >> 1]!);
    expect(power(decoder.push(new Uint8Array(both.buffer)).subarray(1_000))).toBeCloseTo(power(voice), 2);
  });
});
