import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { clock, ProgressBar } from '../../src/cli/progress-bar.ts';
import { transcribeVerb } from '../../src/cli/transcribe.ts';
import { outputOf } from '../../src/cli/transcript-names.ts';
import { Heed } from '../../src/heed.ts';
import { runCli } from '../../src/main.ts';
import { ScriptedVoices } from '../files/scripted-voices.ts';
import { say } from '../server/fake-ears.ts';
import { runVerb, workFolder, writeCase } from './audio-commands.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.each<[string, string[], RegExp]>([
  ['no file', [], /name at least one/],
  ['an unknown task', ['--task', 'summarize', 'a.wav'], /--task/],
  ['an unknown format', ['--format', 'docx', 'a.wav'], /--format/],
  ['times of syllables', ['--timestamp', 'syllable', 'a.wav'], /--timestamp/],
  ['no batch at all', ['--batch-size', '0', 'a.wav'], /from 1 to 64/],
  ['a batch that is no number', ['--batch-size', 'many', 'a.wav'], /from 1 to 64/],
  ['one transcript for two files', ['--transcript-path', 't.json', 'a.wav', 'b.wav'], /--transcript-path/],
  ['no person at all', ['--diarize', '--num-speakers', '0', 'a.wav'], /--num-speakers expects .* "0" came/],
  ['half a person', ['--diarize', '--min-speakers', '1.5', 'a.wav'], /--min-speakers expects .* "1.5" came/],
  ['a crowd', ['--diarize', '--max-speakers', '51', 'a.wav'], /--max-speakers expects .* from 1 to 50/],
  ['a number and a least one', ['--diarize', '--num-speakers', '2', '--min-speakers', '1', 'a.wav'], /leave it out/],
  ['a number and a greatest one', ['--diarize', '--num-speakers', '2', '--max-speakers', '3', 'a.wav'], /leave it out/],
  ['more at least than at most', ['--diarize', '--min-speakers', '3', '--max-speakers', '2', 'a.wav'], /not be more/],
  ['a number of people nobody looks for', ['--num-speakers', '2', 'a.wav'], /need --diarize/],
  ['turns that nobody looks for', ['--format', 'rttm', 'a.wav'], /needs --diarize/],
  ['two files with one name', ['--output', 'out', 'x/a.wav', 'y/a.mp3'], /two transcripts/],
])('%s is refused as wrong usage', async (_title, args, message) => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  expect(await runCli(['transcribe', ...args])).toBe(2);
  expect(said.join('')).toMatch(message);
});

test.each<[string, Parameters<typeof outputOf>, string | undefined]>([
  ['standard output', ['talk.mp3', { output: undefined, format: 'srt', isFolder: true }], undefined],
  ['the file that is named', ['talk.mp3', { output: 'x.srt', format: 'srt', isFolder: false }], 'x.srt'],
  [
    'a file in the folder that is named',
    ['in/talk.one.mp3', { output: 'out', format: 'srt', isFolder: true }],
    join('out', 'talk.one.srt'),
  ],
  [
    'a file by the name in an address',
    ['https://example.org/a/talk.mp3?x=1', { output: 'out', format: 'verbose_json', isFolder: true }],
    join('out', 'talk.json'),
  ],
])('a transcript goes to %s', (_title, args, expected) => {
  expect(outputOf(...args)).toBe(expected);
});

/** A terminal that records what is written to it. */
function terminal(isTTY: boolean): { stream: NodeJS.WriteStream; written: string[] } {
  const written: string[] = [];
  return {
    stream: { isTTY, columns: 60, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream,
    written,
  };
}

test('the progress bar fits into the terminal and goes away', () => {
  const { stream, written } = terminal(true);
  const bar = new ProgressBar('a-very-long-name-of-a-recording.m4a', stream);
  bar.show({ share: 0.5, text: '1:02, 9.3× real time' });
  bar.clear();
  bar.clear();
  expect(written).toHaveLength(2);
  expect(written[0]).toContain('█░');
  expect(written[0]!.length).toBeLessThanOrEqual('\r\x1b[K'.length + 59);
  expect(written[1]).toBe('\r\x1b[K');
});

test('no bar is written to a file', () => {
  const { stream, written } = terminal(false);
  const bar = new ProgressBar('a.wav', stream);
  bar.show({ share: 0.5, text: '' });
  bar.clear();
  expect(written).toEqual([]);
});

test.each([
  [0, '0:00'],
  [61_400, '1:01'],
  [3_723_000, '1:02:03'],
])('%i ms are %s', (ms, expected) => {
  expect(clock(ms)).toBe(expected);
});

describe('heed transcribe with several files', () => {
  let folder: ReturnType<typeof workFolder>;
  beforeEach(() => {
    folder = workFolder();
    writeCase(folder.casesDir, 'good', 'turn on the lamp');
    writeCase(folder.casesDir, 'fine', 'turn off the lamp');
    writeFileSync(join(folder.casesDir, 'bad.wav'), 'no sound');
  });
  afterEach(() => rmSync(folder.root, { recursive: true }));
  const paths = (...names: string[]): string[] => names.map((name) => join(folder.casesDir, `${name}.wav`));

  test('says in one line which one is broken, does the others, and ends with 1', async () => {
    const { code, output, errors } = await runVerb(transcribeVerb, paths('good', 'bad', 'fine'));
    expect(code).toBe(1);
    expect(output).toContain('turn on the lamp');
    expect(output).toContain('turn off the lamp');
    expect(errors).toMatch(/^✗ .*bad\.wav: An audio file .*\n$/);
  });

  test('leaves no half-written output of a broken one', async () => {
    const out = join(folder.root, 'out');
    const { code } = await runVerb(transcribeVerb, ['--output', out, ...paths('good', 'bad', 'none', 'fine')]);
    expect(code).toBe(1);
    expect(readdirSync(out).sort()).toEqual(['fine.txt', 'good.txt']);
  });

  test('takes standard input for -', async () => {
    const input = readFileSync(paths('good')[0]!);
    const { code, output } = await runVerb(transcribeVerb, ['-', '--json'], { input });
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ file: '-', text: 'turn on the lamp' });
  });
});

describe('heed transcribe --diarize', () => {
  let folder: ReturnType<typeof workFolder>;
  let file: string;
  beforeEach(() => {
    folder = workFolder();
    file = join(folder.casesDir, 'my talk.wav');
    const parts = [say('turn on the lamp', { silenceMs: 2_300 }), say('turn off the lamp', { silenceMs: 2_300 })];
    writeFileSync(file, encodeWav(Float32Array.from(parts.flatMap((part) => [...part]))));
  });
  afterEach(() => rmSync(folder.root, { recursive: true }));

  async function run(...args: string[]): Promise<{ output: string; voices: ScriptedVoices; code: number | undefined }> {
    const voices = new ScriptedVoices([
      { speaker: 0, start: 0.5, end: 2.4 },
      { speaker: 1, start: 2.4, end: 5.5 },
    ]);
    const { code, output } = await runVerb(transcribeVerb, ['--diarize', ...args, file], { voices });
    return { code, output, voices };
  }

  test('names who says what, when all has been heard', async () => {
    const { code, output, voices } = await run();
    expect([code, output]).toEqual([0, 'speaker1: turn on the lamp\nspeaker2: turn off the lamp\n']);
    expect(voices).toMatchObject({ isClosed: true, counts: [{ min: 1, max: 20 }] });
    expect(voices.heardSamples).toBeGreaterThan(5 * 16_000);
  });

  test.each([
    [['--num-speakers', '3'], { min: 3, max: 3 }],
    [['--min-speakers', '2'], { min: 2, max: 20 }],
    [['--max-speakers', '4'], { min: 1, max: 4 }],
    [['--min-speakers', '30'], { min: 30, max: 30 }],
  ])('looks for as many people as %j says', async (args, count) => {
    expect((await run(...args)).voices.counts).toEqual([count]);
  });

  test('writes the turns in RTTM, for which no word is read', async () => {
    const load = vi.spyOn(Heed.prototype, 'ears');
    const { code, output, voices } = await run('--format', 'rttm');
    expect(load).not.toHaveBeenCalled();
    expect(voices.heardSamples).toBeGreaterThan(5 * 16_000);
    expect(voices.isClosed).toBe(true);
    expect(code).toBe(0);
    expect(output).toBe(
      'SPEAKER my_talk 1 0.500 1.900 <NA> <NA> speaker1 <NA> <NA>\n' +
        'SPEAKER my_talk 1 2.400 3.100 <NA> <NA> speaker2 <NA> <NA>\n',
    );
  });

  test.each([['--json'], ['--transcript-path']])(
    'reads the words beside RTTM where %s asks for them',
    async (option) => {
      const path = join(folder.root, 'talk.json');
      const { output } = await run('--format', 'rttm', option, ...(option === '--json' ? [] : [path]));
      expect(option === '--json' ? output : readFileSync(path, 'utf8')).toContain('turn off the lamp');
    },
  );

  test('writes speakers into lines of JSON, and into the list of --transcript-path', async () => {
    const path = join(folder.root, 'talk.json');
    const { output } = await run('--json', '--transcript-path', path);
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { speaker: string; words: { speaker: string }[] });
    expect(lines.map(({ speaker }) => speaker)).toEqual(['speaker1', 'speaker2']);
    expect(lines[1]!.words.map(({ speaker }) => speaker)).toContain('speaker2');
    const { speakers } = JSON.parse(readFileSync(path, 'utf8')) as { speakers: { speaker: string; text: string }[] };
    expect(speakers.map(({ speaker, text }) => speaker + text)).toEqual([
      'speaker1 turn on the lamp',
      'speaker2 turn off the lamp',
    ]);
  });
});
