import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ConfigInput } from '../../src/config/index.ts';
import type { HeedEvent } from '../../src/events/index.ts';
import { createHeed, type Heed } from '../../src/heed.ts';
import { patient } from '../patience.ts';

/** A heed whose command files run in a process of their own, with one session. */
export interface HostStage {
  heed: Heed;
  dir: string;
  logged: string[];
  /** Says a phrase; resolves with the event that tells how its command has ended. */
  say: (phrase: string) => Promise<HeedEvent>;
  /** Everything that was said to the speaker. */
  said: string[];
}

/** Starts one with these files; it is closed when the test ends. */
export async function hostStage(
  files: Record<string, string>,
  config: Pick<ConfigInput, 'commands' | 'dispatch' | 'webhook'> = {},
): Promise<HostStage> {
  const dir = mkdtempSync(join(tmpdir(), 'heed-hosts-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  const logged: string[] = [];
  const heed = await createHeed({
    commandsDir: dir,
    config: {
      commands: { isolate: true, watch: false, loadTimeoutMs: patient(10_000), ...config.commands },
      dispatch: { timeoutMs: patient(10_000), ...config.dispatch },
      ...(config.webhook ? { webhook: config.webhook } : {}),
    },
    log: (line) => logged.push(line),
  });
  onTestFinished(async () => {
    await heed.close();
    rmSync(dir, { recursive: true });
  });
  const said: string[] = [];
  heed.on('prompt', ({ text }) => said.push(text));
  const session = await heed.openSession({ audio: false });
  const say = async (phrase: string): Promise<HeedEvent> => {
    const ended = new Promise<HeedEvent>((resolve) => {
      const stop = heed.bus.subscribe({ session: session.id }, (event) => {
        if (!/^command\.(completed|failed|refused|unmatched)$/.test(event.type)) return;
        stop();
        resolve(event);
      });
    });
    await session.say(phrase);
    return ended;
  };
  return { heed, dir, logged, say, said };
}

/** The source of a command whose handler is this text. */
export function command(phrase: string, run: string, more = ''): string {
  return `import { CommandError, defineCommand, list, percent } from 'heed';
export default defineCommand({ phrases: ['${phrase}'], ${more} run: ${run} });`;
}
