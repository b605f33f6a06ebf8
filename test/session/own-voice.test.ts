import { expect, test } from 'vitest';
import { list } from '../../src/grammar/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { frameSamples } from '../../src/types.ts';
import { SessionStage, settle } from './stage.ts';

const ran: string[] = [];

function stageOf(): SessionStage {
  ran.length = 0;
  return new SessionStage({
    commands: {
      lamp: defineCommand({
        phrases: ['turn {on} the lamp'],
        slots: { on: list(['on', 'off']) },
        run: ({ args }) => {
          ran.push(args.on);
        },
      }),
    },
  });
}

/** The frames in 300 ms, and the one that was being collected. */
const tailFrames = Math.ceil(4800 / frameSamples) + 1;

test('what is spoken while heed speaks opens no segment', async () => {
  const stage = stageOf();
  stage.session.setPlaying(true);
  await stage.speak(60);
  stage.session.setPlaying(false);
  await stage.speak(tailFrames - 1);
  await stage.endBySilence();
  await stage.session.flush();
  expect(stage.types).toEqual([]);
  expect(stage.engine.all).toEqual([]);
});

test('speech that had begun before is dropped, and its end says so', async () => {
  const stage = stageOf();
  await stage.speak(20);
  stage.session.setPlaying(true);
  await stage.speak(20);
  await stage.endBySilence();
  await settle();
  expect(stage.types).toEqual(['speech.started', 'speech.ended']);
  expect(stage.of('speech.ended')).toMatchObject([{ reason: 'playing' }]);
  expect(stage.engine.openAudios).toBe(0);
});

test('a segment that had ended before is read and obeyed', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.endBySilence();
  stage.session.setPlaying(true);
  await stage.speak(20);
  await stage.hear({ text: 'turn on the lamp' });
  await settle();
  expect(ran).toEqual(['on']);
});

test('the first phrase after heed has spoken holds no sample of its voice', async () => {
  const stage = stageOf();
  stage.session.setPlaying(true);
  await stage.speak(40);
  stage.session.setPlaying(false);
  const silentFrom = stage.sample;
  await stage.speak(tailFrames);
  await stage.speak(20);
  await stage.pause(4);
  expect(stage.reading.startSample).toBeGreaterThanOrEqual(silentFrom + 4800);
  await stage.hear({ text: 'turn on the lamp' });
  await settle();
  expect(ran).toEqual(['on']);
});

test('a speaker who interrupts the voice with push-to-talk is heard at once', async () => {
  const stage = stageOf();
  stage.session.setPlaying(true);
  await stage.speak(40);
  stage.session.setPlaying(false, { isHeld: true });
  const from = stage.sample;
  await stage.speak(20);
  await stage.pause(4);
  expect(stage.reading.startSample).toBe(from + frameSamples);
  await stage.hear({ text: 'turn off the lamp' });
  await settle();
  expect(ran).toEqual(['off']);
});

test('samples that wait are judged by what played when they came', async () => {
  const stage = stageOf();
  const before = stage.speak(20);
  stage.session.setPlaying(true);
  const during = stage.speak(20);
  await Promise.all([before, during]);
  await stage.endBySilence();
  expect(stage.of('speech.ended')).toMatchObject([{ reason: 'playing' }]);
});
