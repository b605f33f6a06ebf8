import { words } from '../words.ts';
import { ownFormsOf, type Requests } from './requests.ts';

/** Imperatives that follow no rule, by the end of their infinitive: first the familiar one, then the polite one. */
const irregular: Readonly<Record<string, readonly string[]>> = {
  poner: ['pon', 'ponga'],
  tener: ['ten', 'tenga'],
  venir: ['ven', 'venga'],
  salir: ['sal', 'salga'],
  hacer: ['haz', 'haga'],
  decir: ['di', 'diga'],
  traer: ['trae', 'traiga'],
  oir: ['oye', 'oiga'],
  ver: ['ve', 'vea'],
  dar: ['da', 'de'],
  ir: ['ve', 'vaya'],
};
const wholeVerbs = ['ver', 'dar', 'ir', 'oir'];

/** Vowels of a stem that are other ones where they are stressed: "encender", "enciende". */
const stressed: readonly [vowel: string, others: readonly string[]][] = [
  ['e', ['ie', 'i']],
  ['o', ['ue']],
  ['u', ['ue']],
];

function stemsOf(stem: string): string[] {
  const changed = stressed.flatMap(([vowel, others]) => {
    // The "u" of "gu" and "qu" is not spoken.
    const at = stem.replace(/([gq])u$/, '$1_').search(new RegExp(`${vowel}[^aeiou]*$`));
    return at < 0 ? [] : others.map((other) => stem.slice(0, at) + other + stem.slice(at + 1));
  });
  return [stem, ...changed];
}

function politeOf(stem: string, isFirst: boolean): string[] {
  if (isFirst) return [`${stem.replace(/c$/, 'qu').replace(/g$/, 'gu').replace(/z$/, 'c')}e`];
  const written = stem
    .replace(/gu$/, 'g')
    .replace(/g$/, stem.endsWith('gu') ? 'g' : 'j')
    .replace(/qu$/, 'c');
  return [`${written.replace(/c$/, 'z')}a`, ...(/[aeiou]c$/.test(stem) ? [`${stem.slice(0, -1)}zca`] : [])];
}

function imperativesOf(infinitive: string): string[] {
  const own = ownFormsOf(infinitive, irregular, wholeVerbs);
  if (own) return own;
  const stem = infinitive.slice(0, -2);
  const isFirst = infinitive.endsWith('ar');
  if (/[^gq]uir$/.test(infinitive)) return [`${stem}ye`, `${stem}ya`];
  return stemsOf(stem).flatMap((one) => [one + (isFirst ? 'a' : 'e'), ...politeOf(one, isFirst)]);
}

/** Spanish: "puedes encender la luz". */
export const requests: Requests = {
  starts: words(`
    puedes, podrías, podrias, puede, podría, podria, puede usted, podría usted, podria usted, quieres, querrías,
    querrias, me puedes, me podrías, me podrias, me puede, me podría, me podria, puedes por favor, podrías por favor
  `),
  verb: 'first',
  imperatives(infinitive) {
    const [, verb, pronouns] = /^(\w+[aei]r)((?:me|nos|lo|la|los|las|le|les|se)*)$/.exec(infinitive) ?? [];
    return verb === undefined ? [] : imperativesOf(verb).map((form) => form + pronouns!);
  },
};
