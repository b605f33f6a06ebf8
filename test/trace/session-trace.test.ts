import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import type { EventBody } from '../../src/events/event.ts';
import { KeptAudio } from '../../src/trace/kept-audio.ts';
import { SessionTrace, Traces } from '../../src/trace/index.ts';
import { frameSamples, samplesToMs, type SpeechSegment, type Transcript } from '../../src/types.ts';

const frameMs = samplesToMs(frameSamples);
const frames = (count: number): number => count * frameSamples;

/** A session whose clock stands at the end of the last frame, unless moved on. */
class Stage {
  nowMs = 1_000;
  heard = 0;
  readonly audio: KeptAudio;
  readonly trace: SessionTrace;

  constructor({ maxUtterances = 20, maxAudioMs = 600_000 } = {}) {
    this.audio = new KeptAudio(maxAudioMs);
    this.trace = new SessionTrace({
      sessionId: 'session',
      language: 'en',
      contexts: { active: ['music'] },
      audio: this.audio,
      now: () => this.nowMs,
      config: { vad: defaultConfig.vad, trace: { maxUtterances, maxAudioMs } },
    });
  }

  hear(...probabilities: number[]): void {
    for (const probability of probabilities) {
      this.nowMs += frameMs;
      this.trace.frame(
        { samples: new Float32Array(frameSamples).fill(probability / 2), startSample: frames(this.heard++) },
        probability,
      );
    }
  }

  start(id: string, atFrame: number): void {
    this.trace.event({ type: 'speech.started', segment_id: id, start: samplesToMs(frames(atFrame)) / 1000 });
  }

  end(id: string, from: number, to: number, endReason: SpeechSegment['endReason'] = 'silence'): void {
    this.trace.ended({
      id,
      startSample: frames(from),
      endSample: frames(to),
      endReason,
      samples: new Float32Array(frames(to - from)),
    });
  }

  /** A whole utterance of 5 frames of speech and 3 of silence. */
  say(id: string): void {
    const from = this.heard;
    this.hear(0.9);
    this.start(id, from);
    this.hear(0.9, 0.9, 0.9, 0.9, 0.1, 0.1, 0.1);
    this.end(id, from, this.heard);
  }
}

function transcript(segmentId: string, text: string, isEarly = true): Transcript & { isEarly: boolean } {
  return {
    segmentId,
    text,
    isEarly,
    language: 'en',
    confidence: 0.9,
    noSpeechProbability: 0.01,
    logProbability: -2,
    tokens: 4,
    endMs: 0,
    words: [{ word: text, startMs: 0, endMs: 100, confidence: 0.9 }],
    alternatives: [],
    constrained: [{ text: `${text}!`, logProbability: -3, tokens: 3, endMs: 0 }],
    audioMs: 1,
    inferenceMs: 1,
  };
}

const final = (id: string, text: string): EventBody => ({
  type: 'segment.final',
  segment_id: id,
  start: 0,
  end: 1,
  duration: 1,
  text,
  is_final: true,
  speech_final: true,
  confidence: 1,
  language: 'en',
  words: [],
  no_speech: 0,
  endpoint: 'a whole command that nothing can extend',
  timing: { encode: 12.345 },
});
const command = (id: string) => ({ segment_id: id, command: 'lamp', args: { on: true } });
const matched = (id: string): EventBody => ({
  type: 'command.matched',
  ...command(id),
  phrase: 'lamp on',
  score: 1,
  via: 'exact',
  candidates: [],
});

describe('the trace of an utterance', () => {
  test('has the probabilities from before the segment until its end was decided', () => {
    const stage = new Stage();
    stage.hear(...Array<number>(200).fill(0.01));
    stage.say('a');
    const { vad, start, end } = stage.trace.get('a')!;
    expect(vad.probabilities).toEqual([...Array<number>(10).fill(0.01), 0.9, 0.9, 0.9, 0.9, 0.9, 0.1, 0.1, 0.1]);
    expect(vad.levels.slice(-4)).toEqual([0.45, 0.05, 0.05, 0.05]);
    expect([vad.start, start, end]).toEqual(
      [190 * 0.032, 200 * 0.032, 208 * 0.032].map((seconds) => Math.round(seconds * 1000) / 1000),
    );
  });

  test('has each early reading, its text where speech did not go on before, and the wait that it led to', () => {
    const stage = new Stage();
    stage.hear(0.9);
    stage.start('a', 0);
    stage.hear(0.9, 0.1, 0.1);
    stage.trace.earlyReadingBegan(frames(4));
    stage.hear(0.9, 0.1, 0.1);
    stage.trace.earlyReadingBegan(frames(7));
    stage.trace.readEarly(transcript('a', 'turn on the'));
    stage.trace.decided('a', { waitMs: 1_400, isWhole: false, reason: 'the beginning of a command' }, 'incomplete');
    stage.end('a', 0, 7);
    expect(stage.trace.get('a')!.early).toEqual([
      { at: 0.128 },
      {
        at: 0.224,
        text: 'turn on the',
        completeness: 'incomplete',
        wait_ms: 1_400,
        because: 'the beginning of a command',
      },
    ]);
  });

  test('has both readings, the endpoint in words, what was understood, and what became of it', () => {
    const stage = new Stage();
    stage.say('a');
    stage.trace.read(transcript('a', 'lamp on'));
    stage.trace.event(final('a', 'lamp on'));
    stage.trace.understood('a', {
      completeness: 'closed',
      candidates: [],
      slots: [{ name: 'on', words: 'on', value: true, confidence: 0.99999 }],
      match: { command: 'lamp', args: { on: true }, score: 0.98765, via: 'grammar', phrase: 'lamp on', candidates: [] },
    });
    stage.trace.event(matched('a'));
    expect(stage.trace.get('a')!.outcomes).toEqual([{ command: 'lamp', status: 'running' }]);
    stage.trace.event({
      type: 'command.completed',
      ...command('a'),
      say: 'On.',
      can_undo: true,
      duration_ms: 1,
      timing: { run: 1 },
    });
    expect(stage.trace.get('a')).toMatchObject({
      free: { text: 'lamp on', log_probability: -2, log_probability_per_token: -0.5, tokens: 4, confidence: 0.9 },
      constrained: [{ text: 'lamp on!', log_probability_per_token: -1 }],
      endpoint: { reason: 'silence', because: 'a whole command that nothing can extend' },
      is_speech: true,
      timing: { encode: 12.3, run: 1 },
      understood: {
        completeness: 'closed',
        match: { command: 'lamp', args: { on: true }, score: 0.988, via: 'grammar', phrase: 'lamp on' },
        slots: [{ name: 'on', confidence: 1, alternatives: [] }],
      },
      outcomes: [{ command: 'lamp', status: 'done', text: 'On.' }],
    });
  });

  test('says when noise was not taken for speech', () => {
    const stage = new Stage();
    stage.say('a');
    stage.trace.read(transcript('a', 'Thank you.'));
    stage.trace.event(final('a', ''));
    expect(stage.trace.get('a')).toMatchObject({ is_speech: false, free: { text: 'Thank you.' } });
    expect(stage.trace.get('a')!.understood).toBeUndefined();
  });

  test.each([
    [
      'a failed',
      { type: 'command.failed', ...command('a'), code: 'timeout', message: 'It took too long.', duration_ms: 1 },
      { status: 'failed', text: 'It took too long.' },
    ],
    [
      'a refused',
      { type: 'command.refused', ...command('a'), reason: 'Nobody confirmed it.' },
      { status: 'refused', text: 'Nobody confirmed it.' },
    ],
  ] as const)('tells of %s command', (_, ending, outcome) => {
    const stage = new Stage();
    stage.say('a');
    stage.trace.event(matched('a'));
    stage.trace.event(ending);
    expect(stage.trace.get('a')!.outcomes).toEqual([{ command: 'lamp', ...outcome }]);
  });
});

describe('the waterfall', () => {
  test('counts from the end of the last frame of speech', () => {
    const stage = new Stage();
    stage.hear(0.9);
    stage.start('a', 0);
    stage.hear(0.9, 0.1, 0.1, 0.1);
    stage.trace.earlyReadingBegan(frames(5));
    stage.nowMs += 40;
    stage.trace.readEarly(transcript('a', 'lamp on'));
    stage.nowMs += 1;
    stage.end('a', 0, 5, 'complete');
    stage.trace.read(transcript('a', 'lamp on'));
    stage.nowMs += 2;
    stage.trace.event(matched('a'));
    expect(stage.trace.get('a')!.waterfall).toEqual([
      { step: 'speech-end', at_ms: 0 },
      { step: 'reading-started', at_ms: 96 },
      { step: 'reading-ready', at_ms: 136 },
      { step: 'endpoint', at_ms: 137 },
      { step: 'handler', at_ms: 139 },
    ]);
  });

  test.each([
    ['was still being read early', true, ['speech-end', 'reading-started', 'endpoint', 'reading-ready']],
    ['had to be read anew', false, ['speech-end', 'reading-started', 'endpoint', 'reading-ready']],
  ])('has the text after the endpoint when it %s', (_, isEarly, steps) => {
    const stage = new Stage();
    stage.hear(0.9);
    stage.start('a', 0);
    stage.hear(0.1, 0.1, 0.1);
    stage.trace.earlyReadingBegan(frames(4));
    stage.hear(0.1);
    stage.end('a', 0, 4);
    stage.nowMs += 300;
    stage.trace.read(transcript('a', 'lamp on', isEarly));
    const { waterfall, early } = stage.trace.get('a')!;
    expect(waterfall.map(({ step }) => step)).toEqual(steps);
    expect(waterfall.at(-1)!.at_ms).toBe(4 * frameMs + 300);
    expect(early[0]!.text).toBe(isEarly ? 'lamp on' : undefined);
  });

  test('times audio that came in one lump as it was spoken', () => {
    const stage = new Stage();
    stage.hear(0.9);
    stage.start('a', 0);
    stage.hear(0.9, 0.9);
    stage.nowMs -= 2 * frameMs; // All of it came at once.
    stage.hear(0.1, 0.1, 0.1);
    stage.nowMs -= 3 * frameMs;
    stage.hear(0.1);
    stage.end('a', 0, 7);
    expect(stage.trace.get('a')!.waterfall).toContainEqual({ step: 'endpoint', at_ms: 4 * frameMs });
  });

  test('is empty when no frame was speech', () => {
    const stage = new Stage();
    stage.hear(0.4);
    stage.start('a', 0);
    stage.end('a', 0, 1, 'flush');
    expect(stage.trace.get('a')!.waterfall).toEqual([]);
  });
});

describe('what is kept', () => {
  test('is the last utterances, newest first, with their audio', () => {
    const stage = new Stage({ maxUtterances: 2 });
    for (const id of ['a', 'b', 'c']) stage.say(id);
    expect(stage.trace.list().map(({ id }) => id)).toEqual(['c', 'b']);
    expect(['a', 'b', 'c'].map((id) => stage.audio.get(id)?.length)).toEqual([undefined, frames(8), frames(8)]);
  });

  test('is no misfire', () => {
    const stage = new Stage();
    stage.hear(0.9);
    stage.start('a', 0);
    stage.trace.event({ type: 'speech.ended', segment_id: 'a', start: 0, end: 1, reason: 'misfire' });
    expect(stage.trace.list()).toEqual([]);
    stage.say('b');
    expect(stage.trace.list().map(({ id }) => id)).toEqual(['b']);
  });

  test('begins where a segment that was cut had ended', () => {
    const stage = new Stage();
    stage.hear(0.9);
    stage.start('a', 0);
    stage.hear(...Array<number>(300).fill(0.8));
    stage.end('a', 0, 200, 'max-length');
    stage.start('b', 200);
    stage.hear(0.1);
    stage.end('b', 200, 302);
    expect(stage.trace.get('b')!.vad.probabilities).toHaveLength(112);
  });

  test('forgets the oldest audio beyond the limit of all sessions, not its trace', () => {
    const stage = new Stage({ maxAudioMs: 2 * 8 * frameMs });
    for (const id of ['a', 'b', 'c']) stage.say(id);
    expect(stage.trace.list()).toHaveLength(3);
    expect(['a', 'b', 'c'].map((id) => stage.audio.get(id) !== undefined)).toEqual([false, true, true]);
  });

  test('is gone when its session ends', () => {
    const traces = new Traces(defaultConfig);
    const trace = traces.open({ sessionId: 's', language: 'en', contexts: { active: [] } })!;
    trace.frame({ samples: new Float32Array(frameSamples), startSample: 0 }, 0.9);
    trace.event({ type: 'speech.started', segment_id: 'a', start: 0 });
    trace.ended({
      id: 'a',
      startSample: 0,
      endSample: frameSamples,
      endReason: 'flush',
      samples: new Float32Array(frameSamples),
    });
    expect([traces.list('s').length, traces.get('a')?.id, traces.audio('a')?.length]).toEqual([1, 'a', frameSamples]);
    trace.close();
    expect([traces.list('s'), traces.get('a'), traces.audio('a')]).toEqual([[], undefined, undefined]);
  });

  test('is nothing when nothing is to be kept', () => {
    expect(
      new Traces({ ...defaultConfig, trace: { maxUtterances: 0, maxAudioMs: 0 } }).open({
        sessionId: 's',
        language: 'en',
        contexts: { active: [] },
      }),
    ).toBeUndefined();
  });
});
