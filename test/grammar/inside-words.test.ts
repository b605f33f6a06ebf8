import { describe, expect, it } from 'vitest';
import { compileGrammar, list, number, percent, text } from '../../src/grammar/index.ts';
import { walkExact } from '../../src/grammar/walk.ts';
import { command } from './commands.ts';

const device = list(['lamp', 'tv', 'box of light']);
const slots = { device, n: number(), m: number(), p: percent(), room: list(['Küchen', 'Bad']), what: text() };

function compiled(template: string, language = 'en'): ReturnType<typeof compileGrammar> {
  const used = Object.entries(slots).filter(([name]) => template.includes(`{${name}}`));
  const more = { slots: Object.fromEntries(used), rules: { rule: 'a|b' } };
  return compileGrammar([command('c', [template], more)], { language });
}

/** Returns the arguments, or undefined when a template does not accept the words exactly. */
function read(template: string, said: string, language = 'en'): unknown {
  const { grammar } = compiled(template, language);
  return walkExact(grammar, grammar.tokenize(said)).parses[0]?.args;
}

describe('What has no space in it is one word:', () => {
  it.each<[string, string, unknown, string?]>([
    ['turn on the light[s]', 'turn on the light', {}],
    ['turn on the light[s]', 'turn on the lights', {}],
    ['turn on the light[s]', 'turn on the light s', undefined],
    ['turn on the light[ s]', 'turn on the light s', {}],
    ['[the ]light', 'the light', {}],
    ['[un]mute', 'unmute', {}],
    ['[un]mute', 'un mute', undefined],
    ['[un][mute]d it', 'd it', {}],
    ['(start|stopp)ed', 'stopped', {}],
    ['(an|aus)(schalten|machen)', 'ausmachen', {}],
    ['a(b|c[d]|e f)g', 'acdg', {}],
    ['a(b|c[d]|e f)g', 'ae fg', {}],
    ['a(b|c[d]|e f)g', 'a b g', undefined],
    ['dim[,] please', 'dim please', {}],
    ['twenty-(one|two)', 'twenty two', {}],
    ['[un]{device}[s|es]', 'untvs', { device: 'tv' }],
    ['[un]{device}[s|es]', 'tv', { device: 'tv' }],
    ['{device}s', 'lamps', { device: 'lamp' }],
    ['{device}s', 'lamp', undefined],
    ['{device}s', 'box of lights', { device: 'box of light' }],
    ["{device}'s state", "the lamp's state", undefined],
    ["{device}'s state", 'lamps state', { device: 'lamp' }],
    ['mach das {room}licht an', 'mach das Küchenlicht an', { room: 'Küchen' }, 'de'],
    ['mach das {room}-Licht an', 'mach das Küchen-Licht an', { room: 'Küchen' }, 'de'],
    ["allume l'{device}", "allume l'lamp", { device: 'lamp' }, 'fr'],
    ['{n}%', '50%', { n: 50 }],
    ['{n}% of it', '50 % of it', { n: 50 }],
    ['{n} % of it', 'fifty percent of it', { n: 50 }],
    ['{n}%', 'fünfzig Prozent', { n: 50 }, 'de'],
    ['{n}%', '50', undefined],
    ['{p}%', 'fifty percent', { p: 50 }],
    ['{n}°', '21°', { n: 21 }],
    ['{n}°', '21 degrees', { n: 21 }],
    ['{n}°', '21 Grad', { n: 21 }, 'de'],
    ['{n}km', '5km', { n: 5 }],
    ['{n}km', 'five km', { n: 5 }],
    ['{n}+{m}', '2+3', { n: 2, m: 3 }],
    ['{n}+{m}', 'dos más tres', { n: 2, m: 3 }, 'es'],
    ['(50|60)%', '60 percent', {}],
    ['打开{room}的灯', '打开Bad的灯', { room: 'Bad' }, 'zh'],
    ['打开{device}{n}', '打开tv 5', { device: 'tv', n: 5 }, 'zh'],
    ['打开[客厅]的灯', '打开 客厅 的灯', {}, 'zh'],
  ])('%j reads %j as %j', (template, said, args, language) => {
    expect(compiled(template, language).problems).toEqual([]);
    expect(read(template, said, language)).toEqual(args);
  });

  it.each([
    ['set {n}{m}', 5, 'put a space between them'],
    ['set {what}s', 5, '"{what}s" would be one word'],
    ['go v{n}', 5, '"v{n}" would be one word'],
    ['set {n}und{m}', 8, 'put a space on one side'],
    ['go <rule>s', 4, 'The rule <rule> cannot be one word with "s"'],
    ['go <rule>{n}', 4, 'put a space between them'],
    ['go (a;b)s', 4, 'Parts in any order'],
    ['(a|b|c|d|e|f|g)(a|b|c|d|e|f|g)(a|b|c|d|e|f|g)', 1, 'more than 256'],
    ['what is 5 * 3', 11, 'The sign "*"'],
    ['ask for {device} @ home', 18, 'The sign "@"'],
    ['go % now', 4, 'The sign "%"'],
  ])('%j is refused at letter %i: %s', (template, position, message) => {
    const { problems, grammar } = compiled(template);
    expect(problems.map((problem) => problem.message).join()).toContain(message);
    expect(problems[0]?.message).toContain(`at position ${position} of`);
    expect(grammar.phrases).toEqual([]);
  });

  it('a value joined to letters is still asked for alone', () => {
    const { grammar } = compiled('das {room}licht an', 'de');
    const beginning = grammar.beginning(['das']);
    expect(beginning?.missing[0].slot.parse(['bad'], grammar.language)).toBe('Bad');
  });
});

it('Words that are names in JavaScript are words like others', () => {
  for (const word of ['constructor', 'toString', 'valueOf'])
    expect(read(`call the ${word}`, `call the ${word}`)).toEqual({});
});
