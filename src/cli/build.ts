import { Option, type Command } from 'commander';
import { HeedError } from '../errors.ts';
import type { CliHost } from './host.ts';
import { exitCodes, verb } from './program.ts';

/** The part of `scripts/heed-build.js` that is used here. */
interface Builder {
  buildEngine: (options: { backend: string }) => Promise<string[]>;
}

/** `heed build` compiles the speech engine for this machine, where no prebuilt one fits or a GPU is to be used. */
export function buildVerb({ done }: CliHost): Command {
  return verb('build', 'Compile the speech engine for this machine; needs a C++17 compiler and CMake', [
    'heed build',
    'heed build --backend cuda',
  ])
    .addOption(
      new Option('--backend <name>', 'what the engine computes on')
        .choices(['cpu', 'cuda', 'metal', 'vulkan'])
        .default('cpu'),
    )
    .action(async ({ backend }: { backend: string }) => {
      const script = new URL('../../scripts/heed-build.js', import.meta.url);
      const { buildEngine } = (await import(script.href)) as Builder;
      try {
        for (const path of await buildEngine({ backend })) console.log(`✓ ${path}`);
      } catch (error) {
        const { message, code } = error as Error & { code?: unknown };
        throw new HeedError(code === 'missing-tool' ? code : 'native-failed', message, { cause: error });
      }
      console.log('heed uses it from its next start on. `npx heed doctor` shows which engine reads.');
      done(exitCodes.done);
    });
}
