// How much later a command ends that only known voices may give, and one without that rule in a session that tells
// voices apart: the same clips go in turn to three servers, in real time.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concatSamples } from '../../src/audio/index.ts';
import orderDrink from '../commands/coffee/order-drink.ts';
import { createHeed, type Heed } from '../../src/index.ts';
import type { CommandDefinition } from '../../src/registry/index.ts';
import type { Bench } from '../lib/bench.ts';
import { answered } from '../lib/latency-live.ts';
import { LiveClient, Playback } from '../lib/live.ts';
import { clipsOf, loadClip, readManifest, spread } from '../lib/manifest.ts';
import { loadSpeeches, type Speech } from '../lib/speeches.ts';
import { percentile } from '../lib/statistics.ts';

/** Whoever is known has no part in these clips: a refusal takes as long as a command. */
const defaultLimit = 20;

interface Engine {
  heed: Heed;
  url: string;
  start: { diarize?: boolean };
  delaysMs: number[];
}

export async function ruleDelay(bench: Bench): Promise<void> {
  const manifest = readManifest(bench.dataDir);
  const clips = spread(clipsOf(manifest, 's2i-barista'), bench.limit ?? defaultLimit);
  const speeches = await loadSpeeches(clips, undefined);
  const engines: Record<string, Engine> = {
    'no rule': await open({}),
    'for known voices': await open({ speakers: 'known' }),
    'no rule, voices told apart': await open({}, { diarize: true }),
  };
  try {
    const voice = concatSamples(await Promise.all(clipsOf(manifest, 'librispeech-train100-1utt', 1).map(loadClip)));
    for (const { heed } of Object.values(engines)) await heed.addVoice('anna', voice);
    for (const [index, speech] of speeches.entries()) {
      bench.progress(`${index} of ${speeches.length}`);
      for (const engine of Object.values(engines)) {
        const delayMs = await speak(engine, speech);
        if (delayMs !== undefined) engine.delaysMs.push(delayMs);
      }
    }
    for (const [command, { delaysMs }] of Object.entries(engines))
      bench.report.add({
        identity: { command },
        n: delaysMs.length,
        values: [0.5, 0.9].map((share) => ({
          metric: `delay p${share * 100}`,
          value: percentile(delaysMs, share),
          unit: 'ms',
        })),
      });
  } finally {
    for (const { heed } of Object.values(engines)) await heed.close();
  }
}

async function open(rule: Pick<CommandDefinition, 'speakers'>, start: Engine['start'] = {}): Promise<Engine> {
  const heed = await createHeed({
    commands: { 'order-drink': { ...(orderDrink as CommandDefinition), ...rule } },
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
