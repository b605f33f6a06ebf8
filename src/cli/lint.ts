import type { Command } from 'commander';
import type { CliHost } from './host.ts';
import {
  adviceText,
  exitCodes,
  heedOptions,
  printJson,
  problemText,
  verb,
  withSpeech,
  type CommonOptions,
} from './program.ts';

interface LintOptions extends CommonOptions {
  strict?: boolean;
}

/** `heed lint` reads the commands and tells what is wrong with them, and what would work better. */
export function lintVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('lint', 'Tell what is wrong with the commands, and what would work better; needs no model', [
      'heed lint',
      'heed lint --strict',
      'heed lint --commands my-commands --json',
    ]),
  )
    .option('--strict', 'fail on advice too')
    .action(async (options: LintOptions) => {
      const heed = await createHeed(heedOptions(options, { commands: { watch: false } }));
      try {
        const { problems } = heed.registry;
        const { advice } = heed.linter;
        if (options.json === true) {
          for (const problem of problems) printJson({ type: 'problem', ...problem });
          for (const each of advice) printJson({ type: 'advice', ...each });
        } else {
          for (const problem of problems) console.log(`✗ ${problemText(problem)}`);
          for (const each of advice) console.log(`! ${adviceText(each)}`);
          console.log(summary(heed.registry.commands.length, problems.length, advice.length));
        }
        const isFine = problems.length === 0 && (advice.length === 0 || options.strict !== true);
        done(isFine ? exitCodes.done : exitCodes.failed);
      } finally {
        await heed.close();
      }
    });
}

function summary(commands: number, problems: number, advice: number): string {
  const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
  const found = [counted(problems, 'problem', 'problems'), counted(advice, 'piece of advice', 'pieces of advice')].join(
    ', ',
  );
  return `${counted(commands, 'command', 'commands')}: ${found}.`;
}
