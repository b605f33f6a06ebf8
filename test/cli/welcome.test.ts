import { afterEach, describe, expect, test } from 'vitest';
import { LoadingSteps } from '../../src/cli/loading-steps.ts';
import { listening, welcomeText } from '../../src/cli/welcome.ts';
import { createHeed, defineCommand, list, text, type CommandDefinition, type Heed } from '../../src/index.ts';
import { unhurried } from '../patience.ts';

let heed: Heed | undefined;

afterEach(() => heed?.close());

async function welcomed(
  commands: Record<string, CommandDefinition>,
  listener: Partial<Parameters<typeof welcomeText>[1]> = {},
  language = 'en',
): Promise<string> {
  heed = await createHeed({ commands, commandsDir: false, config: unhurried({ language }), log: () => undefined });
  const here = { url: 'http://127.0.0.1:4333/?token=t', port: 4333, close: async () => undefined };
  return welcomeText(heed, { ...here, ...listener }, 'box');
}

const run = (): void => undefined;
const drinks = list(['latte', 'tea']);

describe('the phrase to try', () => {
  test.each<[string, Record<string, CommandDefinition>, string | undefined]>([
    [
      'is an example with a value before one without',
      {
        help: defineCommand({ phrases: ['help'], examples: [{ say: 'help' }], run }),
        order: defineCommand({
          phrases: ['a {drink} please'],
          slots: { drink: drinks },
          examples: [{ say: 'a tea please', args: { drink: 'tea' } }],
          run,
        }),
      },
      'a tea please',
    ],
    [
      'is an example without a value rather than none',
      { help: defineCommand({ phrases: ['help'], examples: [{ say: 'help' }], run }) },
      'help',
    ],
    [
      'is made from a phrase where there are no examples',
      { order: defineCommand({ phrases: ['(make|brew) [me] a {drink}'], slots: { drink: drinks }, run }) },
      'make a latte',
    ],
    [
      'is missing where a value could be anything',
      { note: defineCommand({ phrases: ['note {what}'], slots: { what: text() }, run }) },
      undefined,
    ],
    [
      'is none that needs a context',
      { next: defineCommand({ phrases: ['next song'], examples: [{ say: 'next song' }], contexts: ['music'], run }) },
      undefined,
    ],
    ['is missing without commands', {}, undefined],
  ])('%s', async (_, commands, phrase) => {
    const [, suggested] = /Try: “(.*)”\./.exec(await welcomed(commands)) ?? [];
    expect(suggested).toBe(phrase);
  });

  test('is in the language that is spoken', async () => {
    const order = defineCommand({
      phrases: { en: ['a {drink} please'], de: ['einen {drink} bitte'] },
      slots: { drink: list([{ value: 'tea', say: { en: ['tea'], de: ['Tee'] } }]) },
      examples: [
        { say: 'a tea please', args: { drink: 'tea' } },
        { say: 'einen Tee bitte', args: { drink: 'tea' }, language: 'de' },
      ],
      run,
    });
    expect(await welcomed({ order }, {}, 'de')).toContain('Try: “einen Tee bitte”.');
  });
});

describe('where audio goes', () => {
  const networkUrls = ['https://192.168.1.7:4333/?token=t', 'https://[fd00::2]:4333/?token=t'];

  test('is nowhere, on a loopback address', async () => {
    const words = await welcomed({});
    expect(words).toContain('Audio never leaves this machine.');
    expect(words).not.toContain('network');
  });

  test('is this machine, for those on the network, who get an address and the reason for the warning', async () => {
    const words = await welcomed({}, { networkUrls, fingerprint: 'AB:'.repeat(31) + 'CD' });
    expect(words).not.toContain('never leaves');
    expect(words).toContain('goes to this machine (box) and no further');
    expect(words).toContain('https://192.168.1.7:4333/?token=t');
    expect(words).not.toContain('fd00');
    expect(words).toMatch(/warns once/);
    expect(words).toContain('AB:AB:AB:AB');
  });

  test('without TLS it is said that browsers give no microphone', async () => {
    expect(await welcomed({}, { networkUrls: ['http://192.168.1.7:4333/?token=t'] })).toMatch(
      /a microphone only where/,
    );
  });
});

test('programs are told the same', () => {
  const close = async (): Promise<void> => undefined;
  expect(listening({ url: 'http://127.0.0.1/', port: 1, close })).toEqual({
    type: 'listening',
    url: 'http://127.0.0.1/',
  });
  expect(listening({ url: 'u', port: 1, close, networkUrls: ['n'], fingerprint: 'f' })).toMatchObject({
    network_urls: ['n'],
    fingerprint: 'f',
  });
});

test('each step of loading has a line, and a program gets none', () => {
  const lines: string[] = [];
  const steps = new LoadingSteps({ write: (text: string) => lines.push(text) > 0 });
  steps.say('Loading the commands');
  steps.say('Loading the speech model');
  steps.end();
  expect(lines).toEqual(['  Loading the commands …\n', '  Loading the speech model …\n']);
  new LoadingSteps(undefined).say('Loading the commands');
});
