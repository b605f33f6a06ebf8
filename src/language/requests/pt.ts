import { words } from '../words.ts';
import { ownFormsOf, type Requests } from './requests.ts';

/** Imperatives that follow no rule, by the end of their infinitive: first the familiar one, then the polite one. */
const irregular: Readonly<Record<string, readonly string[]>> = {
  por: ['poe', 'ponha'],
  fazer: ['faz', 'faze', 'faca'],
  dizer: ['diz', 'dize', 'diga'],
  trazer: ['traz', 'traga'],
  duzir: ['duz', 'duza'],
  pedir: ['pede', 'peca'],
  ouvir: ['ouve', 'ouca'],
  ter: ['tem', 'tenha'],
  vir: ['vem', 'venha'],
  sair: ['sai', 'saia'],
  ler: ['le', 'leia'],
  ver: ['ve', 'veja'],
  dar: ['da', 'de'],
  ir: ['vai', 'va'],
};
const wholeVerbs = ['ter', 'vir', 'ler', 'ver', 'dar', 'ir'];

function imperativesOf(infinitive: string): string[] {
  const own = ownFormsOf(infinitive, irregular, wholeVerbs);
  if (own) return own;
  const stem = infinitive.slice(0, -2);
  if (infinitive.endsWith('ar')) return [`${stem}a`, `${stem.replace(/c$/, 'qu').replace(/g$/, 'gu')}e`];
  const polite = `${stem.replace(/gu$/, 'g').replace(/([aeiou])g$/, '$1j')}a`;
  if (infinitive.endsWith('er')) return [`${stem}e`, polite];
  // "subir" is "sobe", and "repetir" is "repete" and "repita".
  const open = stem.replace(/u([^aeiou]+)$/, 'o$1');
  return [
    `${stem}e`,
    `${open}e`,
    polite,
    polite.replace(/e([^aeiou]+u?a)$/, 'i$1'),
    polite.replace(/o([^aeiou]+a)$/, 'u$1'),
  ];
}

const start = words(`
  podes, poderias, pode, poderia, você pode, você poderia, tu podes, tu poderias, o senhor pode, a senhora pode
`);
const all = [...start, ...start.map((way) => `será que ${way}`)];

/** Portuguese: "podes acender a luz". */
export const requests: Requests = {
  starts: [...all, ...all.map((way) => `${way} por favor`)],
  verb: 'first',
  imperatives: (infinitive) => (/^\w*[aeio]r$/.test(infinitive) ? imperativesOf(infinitive) : []),
};
