import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { expect, test, vi } from 'vitest';
import { patient } from '../patience.ts';
import { serve } from '../server/harness.ts';
import { consumer } from './consumer.ts';

vi.setConfig({ testTimeout: patient(30_000) });

const run = promisify(execFile);

const typed = `
import {
  HeedClient,
  HeedSpeechRecognition,
  install,
  listMicrophones,
  MicrophoneError,
  type EventOf,
} from 'heed/client';

const client = new HeedClient({ url: 'https://example.org/voice/', token: 'secret', deviceId: 'x', active: [] });
const stop: () => void = client.on('segment.final', ({ text, words }) => text + words.map(({ word }) => word).join());
client.on('connection', (connection) => {
  if (connection.status === 'waiting') connection.retryInMs.toFixed();
});
const heard: EventOf<'segment.final'>[] = [];
client.on('segment.final', (event) => heard.push(event));
// @ts-expect-error There is no such event.
client.on('segment.finale', () => undefined);
const recognition = new HeedSpeechRecognition({ url: 'x' });
recognition.onresult = ({ results, resultIndex }) => results[resultIndex]?.[0]?.transcript.trim();
recognition.addEventListener('error', ({ error }) => error === 'no-speech');
const putBack: () => void = install({ url: 'x', token: 'y' });
export const devices: Promise<{ deviceId: string; label: string }[]> = listMicrophones();
export const sent: boolean = client.sendAudio(new Float32Array(512));
export const problem = (error: unknown): string => (error instanceof MicrophoneError ? error.problem : '');
export { stop, putBack };
`;

/** Checks a program as strictly as TypeScript can, and returns what is wrong with it. */
function faultsOf(file: string, options: ts.CompilerOptions): string[] {
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    skipLibCheck: false,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    types: [],
    ...options,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file: where, messageText }) => {
    return `${where?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
const node = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
const browserLib = ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'];

test.each([
  ['a bundler', 'page.ts', { ...bundler, lib: browserLib }],
  ['Node, without the types of a browser', 'page.ts', { ...node, lib: ['lib.es2023.d.ts'] }],
  ['Node, as CommonJS', 'page.cts', { ...node, lib: ['lib.es2023.d.ts'] }],
])('a strict project for %s accepts the types, and has no other package', (_, name, options) => {
  const folder = consumer({ 'package.json': '{ "type": "module" }', [name]: typed });
  expect(faultsOf(join(folder, name), options)).toEqual([]);
});

test('the types lead to no other package', () => {
  const folder = consumer({ 'package.json': '{ "type": "module" }', 'page.ts': typed });
  const program = ts.createProgram([join(folder, 'page.ts')], { ...bundler, noLib: true, types: [], noEmit: true });
  const files = program.getSourceFiles().map(({ fileName }) => fileName);
  expect(files.filter((file) => !file.startsWith(folder) && !file.includes('/dist/client/'))).toEqual([]);
});

/** A program that says a phrase and sends sound of its own, then ends. */
const program = `
const client = new HeedClient({ url: process.argv[2] });
client.on('command.completed', ({ command, say }) => console.log(command, say));
client.on('connection', async ({ status }) => {
  if (status === 'closed') return console.log('closed');
  if (status !== 'open') return;
  client.say('turn on the lamp');
  client.sendAudio(new Float32Array(1_600));
  await client.startAudio().catch((error) => console.log(error.name, error.problem));
  await listMicrophones().catch((error) => console.log(error.problem));
  client.end();
});
client.connect();
`;

test.each([
  ['an import', 'main.mjs', "import { HeedClient, listMicrophones } from 'heed/client';"],
  ['require', 'main.cjs', "const { HeedClient, listMicrophones } = require('heed/client');"],
  ['an import from CommonJS', 'main.cjs', "import('heed/client').then(({ HeedClient, listMicrophones }) => {"],
])('in Node, with %s, everything works but the microphone, which says so', async (_, name, first) => {
  await using server = await serve();
  const folder = consumer({ [name]: `${first}\n${program}${first.endsWith('{') ? '});' : ''}` });
  const { stdout, stderr } = await run(process.execPath, [join(folder, name), server.server.url], { cwd: folder });
  expect(stdout.trim().split('\n')).toEqual(['MicrophoneError unsupported', 'unsupported', 'lamp Done.', 'closed']);
  expect(stderr.replace(/.*ExperimentalWarning[\s\S]*/, '')).toBe('');
});
