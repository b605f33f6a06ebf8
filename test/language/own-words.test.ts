import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig, type ConfigInput } from '../../src/config/index.ts';
import { createHeed, defineCommand, text, type Heed } from '../../src/index.ts';

const open: Heed[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((heed) => heed.close()));
});

const commands = {
  lamp: defineCommand({ phrases: { en: ['turn on the lamp'], cy: ['golau ymlaen'] }, run: () => undefined }),
  note: defineCommand({ phrases: ['note {words}'], slots: { words: text() }, run: () => undefined }),
};

async function start(words: NonNullable<ConfigInput['match']>['words'] = {}): Promise<Heed> {
  const heed = await createHeed({ commands, commandsDir: false, config: { match: { words } } });
  open.push(heed);
  return heed;
}

const matched = (heed: Heed, phrase: string, language = 'en'): unknown => {
  const { match } = heed.understand(phrase, language);
  return match && [match.command, match.args, match.score];
};

const own = {
  en: { fillers: ['wotcha'], openings: ['oi'], politeStart: ['be a dear and'], politeEnd: ['my dear friend'] },
  cy: { politeEnd: ['os gwelwch yn dda'] },
};

describe('A project’s own words', () => {
  it('change nothing of a command', async () => {
    const heed = await start(own);
    for (const phrase of [
      'turn on the lamp my dear friend',
      'oi turn on the lamp',
      'be a dear and turn on the lamp',
      'turn on wotcha the lamp',
    ])
      expect(matched(heed, phrase), phrase).toEqual(['lamp', {}, 1]);
    expect(matched(heed, 'golau ymlaen os gwelwch yn dda', 'cy')).toEqual(['lamp', {}, 1]);
  });

  it('are nothing special where nobody has added them', async () => {
    const heed = await start();
    expect(matched(heed, 'be a dear and turn on the lamp')).not.toEqual(['lamp', {}, 1]);
    expect(matched(heed, 'golau ymlaen os gwelwch yn dda', 'cy')).toBeUndefined();
  });

  it('stay in free text', async () => {
    const heed = await start(own);
    expect(matched(heed, 'note tell my dear friend')).toEqual(['note', { words: 'tell my dear friend' }, 1]);
    expect(matched(heed, 'note oi said the man')).toEqual(['note', { words: 'oi said the man' }, 1]);
  });

  it('are the same for all of one process, until those who use them are closed', async () => {
    const first = await start(own);
    await start(own);
    await expect(start({ en: { fillers: ['uh'] } })).rejects.toMatchObject({ code: 'bad-config' });
    await first.close();
    await expect(start({})).rejects.toMatchObject({ code: 'bad-config' });
    await Promise.all(open.splice(0).map((heed) => heed.close()));
    expect(matched(await start(), 'oi turn on the lamp')).not.toEqual(['lamp', {}, 1]);
  });

  it('come from the options file or the environment, and are checked', () => {
    const { match } = loadConfig({ env: { HEED_MATCH_WORDS: JSON.stringify(own) }, overrides: {} });
    expect(match.words).toEqual(own);
    for (const words of [{ english: {} }, { en: { polite: ['x'] } }, { en: { fillers: ['{x}'] } }])
      expect(() => loadConfig({ overrides: { match: { words } } })).toThrow('match.words');
    expect(() => loadConfig({ env: { HEED_MATCH_WORDS: 'oops' } })).toThrow('match.words');
  });
});
