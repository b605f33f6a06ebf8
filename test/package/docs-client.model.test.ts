import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { expect, test, vi } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { patient } from '../patience.ts';
import { say } from '../server/fake-ears.ts';
import { serve } from '../server/harness.ts';
import { consumer } from './consumer.ts';

vi.setConfig({ testTimeout: patient(30_000) });

const run = promisify(execFile);
const page = readFileSync('docs/client.md', 'utf8');
const blocks = Object.fromEntries(
  [...page.matchAll(/^```(?:ts|js) (\S+)\n([\s\S]*?)^```$/gm)].map(([, name, code]) => [name!, code!]),
);

test('the examples of docs/client.md compile', () => {
  const names = Object.keys(blocks).filter((name) => name.endsWith('.ts'));
  expect(names.length).toBeGreaterThan(3);
  const untyped = "declare module 'react-speech-recognition';";
  const folder = consumer({ 'package.json': '{ "type": "module" }', 'untyped.d.ts': untyped, ...blocks }, ['annyang']);
  const files = [...names, 'untyped.d.ts'].map((name) => join(folder, name));
  const program = ts.createProgram(files, {
    strict: true,
    // annyang's types need those of the Web Speech API, which are a package of their own.
    skipLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  });
  const faults = ts.getPreEmitDiagnostics(program);
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

test('the example of docs/client.md that sends a recording runs its command', async () => {
  await using server = await serve();
  const code = blocks['own-audio.mjs']!.replace('http://127.0.0.1:4333/?token=TOKEN', server.server.url);
  const folder = consumer({ 'own-audio.mjs': code });
  writeFileSync(join(folder, 'order.wav'), encodeWav(say('turn on the lamp')));
  const { stdout } = await run(process.execPath, ['own-audio.mjs'], { cwd: folder });
  expect(stdout).toBe('done: lamp\n');
});
