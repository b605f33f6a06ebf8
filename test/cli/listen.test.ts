import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { concatSamples } from '../../src/audio/concat-samples.ts';
import { listenVerb } from '../../src/cli/listen.ts';
import { LiveLine, meter } from '../../src/cli/live-line.ts';
import { eventually } from '../patience.ts';
import { pcm, say } from '../server/fake-ears.ts';
import { lampRuns, runVerb, workFolder } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
let sound: string;
beforeEach(() => {
  folder = workFolder();
  sound = join(folder.root, 'sound.pcm');
  writeFileSync(sound, pcm(concatSamples([say('turn on the lamp'), say('what a lovely day')])));
  // Only what the tests install is found, and what their scripts need.
  vi.stubEnv('PATH', folder.root);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder.root, { recursive: true });
});

function install(program: string, ...lines: string[]): void {
  const path = join(folder.root, program);
  writeFileSync(path, ['#!/bin/sh', 'PATH=/usr/bin:/bin', ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
}

const run = (...args: string[]) => runVerb(listenVerb, ['--commands', folder.commandsDir, ...args]);

describe('heed listen', () => {
  test('runs what is said into the first recorder that is there, and says why something else did not run', async () => {
    const before = lampRuns();
    install('arecord', `cat ${sound}`, `echo "$@" > ${folder.root}/args`, 'echo "that was all" >&2');
    const { code, output } = await run('--device', 'hw:1');
    expect(output).toContain('Listening with arecord');
    expect(output).toContain('→ lamp {}');
    expect(output).toContain('“what a lovely day”');
    expect(output).toMatch(/\? .*\n/);
    expect(output).toMatch(/arecord ended: that was all\n$/);
    expect(lampRuns()).toBe(before + 1);
    expect(readFileSync(join(folder.root, 'args'), 'utf8')).toBe('-q -D hw:1 -t raw -f S16_LE -r 16000 -c 1\n');
    expect(code).toBe(0);
  });

  test('takes the next recorder when one does not work', async () => {
    install('arecord', 'echo "no soundcards found" >&2', 'exit 1');
    install('sox', `cat ${sound}`);
    expect((await run()).output).toContain('Listening with sox');
  });

  test('says what all recorders said when none works', async () => {
    install('arecord', 'echo "arecord: no soundcards" >&2', 'echo "found..." >&2', 'exit 1');
    install('ffmpeg', 'exit 3');
    await expect(run()).rejects.toThrow(
      'The microphone cannot be recorded. arecord ended with code 1: arecord: no soundcards | found... ' +
        'ffmpeg ended with code 3, and said nothing.',
    );
  });

  test('says what to install when there is no recorder', async () => {
    await expect(run()).rejects.toThrow(/^No recorder is installed \(arecord, .*\)\. Install one: /);
    await expect(run('--recorder', 'sox')).rejects.toThrow('The recorder "sox" is not installed.');
  });

  test('takes a whole command as the recorder', async () => {
    install('from-afar', `cat "$1"`);
    expect((await run('--recorder', `from-afar ${sound}`)).output).toContain('→ lamp {}');
  });

  test('does what was said before the recorder broke off, and repeats its last words', async () => {
    const before = lampRuns();
    install('arecord', `cat ${sound}`, 'echo "the device was unplugged" >&2', 'exit 5');
    await expect(run()).rejects.toThrow('The recording broke off: arecord ended with code 5: the device was unplugged');
    expect(lampRuns()).toBe(before + 1);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 0],
  ] as const)('ends its recorder and itself on %s with the code %i', async (signal, expected) => {
    const pidFile = join(folder.root, 'pid');
    install('arecord', `cat ${sound}`, `echo $$ > ${pidFile}.new && mv ${pidFile}.new ${pidFile}`, 'exec sleep 600');
    const running = run();
    await eventually(() => expect(existsSync(pidFile)).toBe(true));
    const pid = Number(readFileSync(pidFile, 'utf8'));
    process.emit(signal, signal);
    expect((await running).code).toBe(expected);
    await eventually(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
  });

  test('can be interrupted before the recorder has delivered any sound', async () => {
    const pidFile = join(folder.root, 'pid');
    install('arecord', `echo $$ > ${pidFile}.new && mv ${pidFile}.new ${pidFile}`, 'exec sleep 600');
    const running = run();
    await eventually(() => expect(existsSync(pidFile)).toBe(true));
    process.emit('SIGINT', 'SIGINT');
    expect((await running).code).toBe(130);
    await eventually(() => expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH'));
  });

  test('writes nothing but events with --json', async () => {
    install('arecord', `cat ${sound}`);
    const { output } = await run('--json');
    const types = output
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toContain('command.completed');
    expect(types).not.toContain('segment.partial');
  });
});

test('the meter is empty in silence and full at full scale', () => {
  expect(meter(new Float32Array(100))).toBe('▯▯▯▯▯▯▯▯▯▯');
  expect(meter(new Float32Array(100).fill(1))).toBe('▮▮▮▮▮▮▮▮▮▮');
  expect(meter(new Float32Array(100).fill(0.032))).toBe('▮▮▮▮▮▯▯▯▯▯');
});

test('the live line stays below what is printed, fits the terminal and goes away', () => {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 10, write: (text: string) => written.push(text) };
  const line = new LiveLine(stream as unknown as NodeJS.WriteStream);
  line.show('turn on the lamp');
  line.print('done');
  line.clear();
  expect(written).toEqual(['\r\x1b[Kturn on t', '\r\x1b[K', 'done\n', '\r\x1b[Kturn on t', '\r\x1b[K']);
});
