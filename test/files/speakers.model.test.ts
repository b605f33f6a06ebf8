import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { nameVoices, transcribeWholeFile } from '../../src/files/index.ts';
import { createHeed, type Heed } from '../../src/index.ts';
import { patient } from '../patience.ts';
import { humanSample, speak } from '../speech.ts';

vi.setConfig({ testTimeout: patient(60_000) });

let folder = '';
let heed: Heed;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heed-speakers-'));
  heed = await createHeed({ commandsDir: false, config: { transcribe: { engine: 'in-process' } } });
});
afterAll(async () => {
  await heed.close();
  rmSync(folder, { recursive: true });
});

test('a man and a machine who take turns are two, and each has what he said; a known one has his name', async () => {
  const human = await humanSample();
  const machine = await speak('the kitchen lights are on and the door of the garage is closed', { rate: 140 });
  const again = await speak('there is milk in the fridge and some bread on the table', { rate: 140 });
  const pause = new Float32Array(12_000);
  const parts = [human, pause, machine, pause, human, pause, again];
  const path = join(folder, 'both.wav');
  writeFileSync(path, encodeWav(Float32Array.from(parts.flatMap((part) => [...part]))));

  const voices = await heed.fileVoices();
  try {
    const known = [{ name: 'John', vector: (await voices.describe(human.subarray(0, 80_000)))! }];
    const transcript = await transcribeWholeFile(path, {
      config: heed.config,
      ears: await heed.ears(),
      speakers: { voices, count: { min: 1, max: 20 }, nameVoices: (heard) => nameVoices(heard, known) },
    });
    expect(new Set(transcript.turns!.map(({ speaker }) => speaker))).toEqual(new Set(['John', 'speaker1']));
    const said = (name: string): string =>
      transcript.segments
        .filter(({ speaker }) => speaker === name)
        .map(({ text }) => text.toLowerCase())
        .join(' ');
    expect(said('John').match(/what your country can do/g)).toHaveLength(2);
    expect(said('speaker1')).toMatch(/garage is closed.*bread on the table/);
    expect(said('speaker1')).not.toContain('country');
  } finally {
    await voices.close();
  }
});

test('what is asked of voices that are closed is refused, and the thread ends', async () => {
  const voices = await heed.fileVoices();
  const pushed = voices.push(new Float32Array(80_000)).catch((error: { code: string }) => error.code);
  await voices.close();
  expect(await pushed).toBe('closed');
  await expect(voices.finish({ min: 1, max: 1 })).rejects.toMatchObject({ code: 'closed' });
});
