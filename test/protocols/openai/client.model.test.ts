import OpenAI, { toFile } from 'openai';
import { expect, test, vi } from 'vitest';
import { encodeWav } from '../../../src/audio/index.ts';
import { createHeed } from '../../../src/index.ts';
import { patient } from '../../patience.ts';
import { humanSample, humanText } from '../../speech.ts';

vi.setConfig({ testTimeout: patient(40_000) });

test("OpenAI's client gets the text of a recording as a stream of sentences", async () => {
  const heed = await createHeed({
    commandsDir: false,
    log: () => undefined,
    config: { server: { port: 0 }, transcribe: { engine: 'in-process' } },
  });
  try {
    const { url } = await heed.listen();
    const { origin, searchParams } = new URL(url);
    const client = new OpenAI({ apiKey: searchParams.get('token')!, baseURL: `${origin}/v1`, maxRetries: 0 });
    const file = await toFile(encodeWav(await humanSample()), 'speech.wav');
    let text = '';
    let last: OpenAI.Audio.TranscriptionStreamEvent | undefined;
    for await (const event of await client.audio.transcriptions.create({ file, model: 'whisper-1', stream: true })) {
      if (event.type === 'transcript.text.delta') text += event.delta;
      last = event;
    }
    expect(last).toMatchObject({ type: 'transcript.text.done', text });
    const bare = (words: string): string => words.replace(/[^\p{L} ]/gu, '').toLowerCase();
    // The first words are read in different ways.
    expect(bare(text)).toContain(bare(humanText.slice(humanText.indexOf('fellow'))));
  } finally {
    await heed.close();
  }
});
