// How much later a command ends that only known voices may give, and one without that rule in a session that tells
// voices apart: the same clips go in turn to three servers, in real time. The sentences for the home are commands that
// their words end, so that hardly anything can be done while more words are waited for; most orders wait for more.
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { concatSamples } from '../../src/audio/index.ts';
import { createHeed, type Heed } from '../../src/index.ts';
import type { CommandDefinition } from '../../src/registry/index.ts';
import { repositoryDir } from '../lib/arguments.ts';
import type { Bench } from '../lib/bench.ts';
import { answered } from '../lib/latency-live.ts';
import { LiveClient, Playback } from '../lib/live.ts';
import { clipsOf, loadClip, readManifest, spread } from '../lib/manifest.ts';
import { loadSpeeches, type Speech } from '../lib/speeches.ts';
import { percentile } from '../lib/statistics.ts';

/** Whoever is known has no part in these clips: a refusal takes as long as a command. */
const sets = { 's2i-barista': 'coffee', 'speech-to-phrase-tts': 'home' };
const defaultLimit = 20;
const plain = 'no rule';

interface Engine {
  heed: Heed;
  url: string;
  start: { diarize?: boolean };
  /** For each clip; undefined where it was not understood. */
  delaysMs: (number | undefined)[];
}

export async function ruleDelay(bench: Bench): Promise<void> {
  for (const [set, folder] of Object.entries(sets)) await ruleDelayOf(bench, set, await commandsIn(folder));
}

async function ruleDelayOf(bench: Bench, set: string, commands: Commands): Promise<void> {
  const manifest = readManifest(bench.dataDir);
  const clips = spread(clipsOf(manifest, set), bench.limit ?? defaultLimit);
  const speeches = await loadSpeeches(clips, undefined);
  const engines: Record<string, Engine> = {
    [plain]: await open(commands),
    'for known voices': await open(forKnownVoices(commands)),
    'no rule, voices told apart': await open(commands, { diarize: true }),
  };
  try {
    const voice = concatSamples(await Promise.all(clipsOf(manifest, 'librispeech-train100-1utt', 1).map(loadClip)));
    for (const { heed } of Object.values(engines)) await heed.addVoice('anna', voice);
    for (const [index, speech] of speeches.entries()) {
      bench.progress(`${set}: ${index} of ${speeches.length}`);
      const all = Object.values(engines);
      // Whoever comes first finds the cores as the last clip has left them.
      for (const turn of all.keys()) {
        const engine = all[(index + turn) % all.length]!;
        engine.delaysMs.push(await speak(engine, speech));
      }
    }
    for (const [command, { delaysMs }] of Object.entries(engines)) {
      const known = delaysMs.filter((delayMs) => delayMs !== undefined);
      const costs = delaysMs.flatMap((delayMs, clip) => {
        const without = engines[plain]!.delaysMs[clip];
        return delayMs === undefined || without === undefined ? [] : [delayMs - without];
      });
      bench.report.add({
        identity: { set, command },
        n: costs.length,
        values: [
          ...[0.5, 0.9].map((share) => ({
            metric: `delay p${share * 100}`,
            value: percentile(known, share),
            unit: 'ms',
          })),
          // Of the differences to the same clip without a rule.
          { metric: 'cost p50', value: percentile(costs, 0.5), unit: 'ms' },
        ],
      });
    }
  } finally {
    for (const { heed } of Object.values(engines)) await heed.close();
  }
}

type Commands = Record<string, CommandDefinition>;

async function commandsIn(folder: string): Promise<Commands> {
  const dir = join(repositoryDir, 'bench/commands', folder);
  const files = readdirSync(dir).filter((file) => file.endsWith('.ts') && !file.startsWith('_'));
  const commands = await Promise.all(
    files.map(async (file) => {
      const { default: command } = (await import(join(dir, file))) as { default: CommandDefinition };
      return [basename(file, '.ts'), command] as const;
    }),
  );
  return Object.fromEntries(commands);
}

function forKnownVoices(commands: Commands): Commands {
  return Object.fromEntries(Object.entries(commands).map(([name, one]) => [name, { ...one, speakers: 'known' }]));
}

async function open(commands: Commands, start: Engine['start'] = {}): Promise<Engine> {
  const heed = await createHeed({
    commands,
    commandsDir: false,
    log: () => undefined,
    config: {
      server: { port: 0, maxConnectionsPerMinute: 10_000 },
      voices: { dir: mkdtempSync(join(tmpdir(), 'heed-voices-')) },
    },
  });
  const { url } = await heed.listen();
  return { heed, url, start, delaysMs: [] };
}

/** Returns how long after its last sound a clip's command was done or refused; undefined when it was not understood. */
async function speak({ url, start }: Engine, { samples, endSample }: Speech): Promise<number | undefined> {
  const client = await LiveClient.open(url, start);
  const playback = new Playback(samples, (message) => client.send(message));
  const endMs = playback.recordedAtMs(endSample);
  const ends = ['command.completed', 'command.refused', 'command.unmatched', 'error'];
  await answered(
    playback,
    client.until(({ atMs, event }) => atMs >= endMs && ends.includes(event.type)),
  );
  await client.close();
  const end = client.events.find(
    ({ atMs, event }) => atMs >= endMs && (event.type === 'command.completed' || event.type === 'command.refused'),
  );
  return end && end.atMs - endMs;
}
