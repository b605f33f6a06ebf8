import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { Journal } from '../../src/files/journal.ts';
import { runCli } from '../../src/main.ts';
import { patient } from '../patience.ts';
import { humanSample, humanText } from '../speech.ts';

vi.setConfig({ testTimeout: patient(40_000) });

let folder = '';
let file = '';

beforeAll(async () => {
  // One engine in this process is ready sooner than worker processes.
  vi.stubEnv('HEED_TRANSCRIBE_ENGINE', 'in-process');
  folder = mkdtempSync(join(tmpdir(), 'heed-cli-'));
  file = join(folder, 'speech.wav');
  writeFileSync(file, encodeWav(await humanSample()));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const bare = (text: string): string => text.replace(/[^\p{L} ]/gu, '').toLowerCase();

/** The first words are read in different ways, depending on where the file is cut. */
const certain = humanText.slice(humanText.indexOf('fellow')).toLowerCase();

/** Runs `heed transcribe` with tiny.en; resolves with its exit code and standard output. */
async function transcribe(...args: string[]): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(`${line}\n`);
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const code = await runCli(['transcribe', '--model-name', 'openai/whisper-tiny.en', ...args]);
  vi.restoreAllMocks();
  return { code, output: lines.join('') };
}

test('text goes to standard output, sentence by sentence', async () => {
  const { code, output } = await transcribe(file);
  expect(code).toBe(0);
  expect(bare(output.replaceAll('\n', ' ').trim())).toContain(certain);
});

test('subtitles and a transcript file are written in one run, and no journal is left', async () => {
  const [output, transcriptPath] = [join(folder, 'out', 'speech.srt'), join(folder, 'speech.json')];
  expect(
    (
      await transcribe(
        '--file-name',
        file,
        '--format',
        'srt',
        '--output',
        output,
        '--transcript-path',
        transcriptPath,
        '--timestamp',
        'word',
        '--batch-size',
        '1',
      )
    ).code,
  ).toBe(0);
  const cues = readFileSync(output, 'utf8').split('\n\n').filter(Boolean);
  expect(cues.length).toBeGreaterThan(certain.split(' ').length);
  expect(cues[0]).toMatch(/^1\n00:00:00,\d{3} --> 00:00:00,\d{3}\nAnd$/);
  const transcript = JSON.parse(readFileSync(transcriptPath, 'utf8')) as {
    text: string;
    chunks: { timestamp: number[]; text: string }[];
  };
  expect(bare(transcript.text)).toContain(certain);
  expect(transcript.chunks).toHaveLength(cues.length);
  expect(readdirSync(join(folder, 'out'))).toEqual(['speech.srt']);
});

test('a file at a web address is fetched, and removed afterwards', async () => {
  const server = createServer((_request, response) => response.end(readFileSync(file)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/speech.wav`;
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('heed-file-'));
  const { code, output } = await transcribe('--json', url);
  server.closeAllConnections();
  server.close();
  expect(code).toBe(0);
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; text: string; words: unknown[] });
  expect(bare(lines.map(({ text }) => text).join(' '))).toContain(certain);
  expect(lines[0]).toMatchObject({
    file: url,
    start: expect.any(Number),
    words: expect.arrayContaining([
      { word: 'And', start: expect.any(Number), end: expect.any(Number), confidence: expect.any(Number) },
    ]),
  });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('heed-file-'))).toEqual(before);
});

test('an interrupted run says how to go on, and the next one does', async () => {
  const output = join(folder, 'resumed.txt');
  const said: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => {
    said.push(line);
  });
  const journal = `${output}.heed-part`;
  const open = Journal.open.bind(Journal);
  vi.spyOn(Journal, 'open').mockImplementation(async (path, subject) => {
    const opened = await open(path, subject);
    process.emit('SIGINT');
    return opened;
  });
  expect(await runCli(['transcribe', '--model', 'tiny.en', '--output', output, file])).toBe(130);
  expect(said.join('\n')).toContain('Run the same command again to resume.');
  expect(existsSync(output)).toBe(false);
  expect(existsSync(journal)).toBe(true);
  vi.restoreAllMocks();
  expect((await transcribe('--output', output, file)).code).toBe(0);
  expect(bare(readFileSync(output, 'utf8').replaceAll('\n', ' ').trim())).toContain(certain);
  expect(existsSync(journal)).toBe(false);
});
