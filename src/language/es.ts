import type { LanguageDefinition } from './language.ts';
import { stemsOf, words } from './words.ts';

const small = words(`
  cero, uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, quince,
  dieciséis, diecisiete, dieciocho, diecinueve, veinte, veintiuno, veintidós, veintitrés, veinticuatro, veinticinco,
  veintiséis, veintisiete, veintiocho, veintinueve
`);
const tens = ['', '', '', 'treinta', 'cuarenta', 'cincuenta', 'sesenta', 'setenta', 'ochenta', 'noventa'];
const hundreds = [
  '',
  'ciento',
  'doscientos',
  'trescientos',
  'cuatrocientos',
  'quinientos',
  'seiscientos',
  'setecientos',
  'ochocientos',
  'novecientos',
];

function spell(value: number): string[] {
  if (value === 1) return ['uno', 'un', 'una'];
  if (value === 21) return ['veintiuno', 'veintiún', 'veintiuna'];
  if (value < 30) return [small[value]!];
  if (value < 100) {
    const ten = tens[Math.floor(value / 10)]!;
    return value % 10 === 0 ? [ten] : spell(value % 10).map((one) => `${ten} y ${one}`);
  }
  if (value === 100) return ['cien'];
  if (value < 1000) {
    const named = hundreds[Math.floor(value / 100)]!;
    return [named, ...(named.endsWith('os') ? [named.replace(/os$/, 'as')] : [])].flatMap((head) =>
      value % 100 === 0 ? [head] : spell(value % 100).map((rest) => `${head} ${rest}`),
    );
  }
  const count = Math.floor(value / 1000);
  const head = count === 1 ? 'mil' : `${spell(count)[count % 10 === 1 ? 1 : 0] ?? spell(count)[0]!} mil`;
  return value % 1000 === 0 ? [head] : spell(value % 1000).map((rest) => `${head} ${rest}`);
}

/** Endings of verbs in the past, and of "I" in the present, without accents. */
const reportEndings = ['i', 'io', 'ieron', 'imos', 'e', 'o', 'aron', 'aba', 'aban', 'ia', 'ian'];

/**
 * Returns the imperatives and infinitives that a word would have if it told what somebody does or did: "encendí" has
 * "enciende". Stems change their vowel and, before "e", their last letter.
 */
function reportedVerbs(word: string): string[] {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  return stemsOf(plain, reportEndings)
    .flatMap((stem) => [stem, stem.replace(/gu$/, 'g'), stem.replace(/qu$/, 'c'), stem.replace(/c$/, 'z')])
    .flatMap((stem) => [stem, stem.replace(/e([^aeiou]+)$/, 'ie$1'), stem.replace(/o([^aeiou]+)$/, 'ue$1')])
    .flatMap((stem) => ['a', 'e', 'ar', 'er', 'ir'].map((ending) => stem + ending))
    .filter((verb) => verb !== plain);
}

/** Spanish. */
export const spanish: LanguageDefinition = {
  code: 'es',
  spell,
  articles: ['uno', 'un', 'una'],
  minus: ['menos'],
  point: ['coma', 'punto'],
  decimalMarks: [',', '.'],
  percent: ['por ciento', 'porciento'],
  percentWords: {
    'la mitad': 50,
    mitad: 50,
    máximo: 100,
    'al máximo': 100,
    lleno: 100,
    'un cuarto': 25,
    'tres cuartos': 75,
    'cien por cien': 100,
  },
  units: {
    hour: ['hora', 'horas', 'h'],
    minute: ['minuto', 'minutos', 'min'],
    second: ['segundo', 'segundos', 's'],
  },
  one: ['una'],
  and: ['y', 'con'],
  beforeUnit: [
    ['media', 0.5],
    ['un cuarto de', 0.25],
    ['tres cuartos de', 0.75],
  ],
  afterNumber: [
    ['y media', 0.5],
    ['y medio', 0.5],
  ],
  afterUnit: [
    ['y media', 0.5],
    ['y medio', 0.5],
    ['y cuarto', 0.25],
  ],
  durations: { 'hora y media': 5400, 'hora y cuarto': 4500 },
  fillers: ['eh', 'em', 'este', 'mmm', 'ah'],
  openings: ['hola', 'oye', 'ok', 'vale', 'bueno', 'pues', 'y', 'entonces'],
  politeStart: ['por favor', 'puedes', 'podrías', 'puede', 'podría'],
  politeEnd: ['por favor', 'ahora'],
  weak: words(`
    el, la, los, las, un, una, unos, unas, de, del, a, al, en, y, mi, mis, gracias, favor, por
  `),
  critical: words(`
    no, nunca, sin, salvo, excepto, enciende, apaga, abre, cierra, sube, baja, para, empieza, todo, todos, todas,
    más, menos, si, porqué
  `),
  subjects: words(`yo, él, ella, nosotros, nosotras, ellos, ellas`),
  questions: words(`
    qué, quién, quiénes, cuál, cuáles, cuándo, dónde, adónde, cómo, cuánto, cuánta, cuántos, cuántas, es, está, están,
    ha, han, era
  `),
  reportedVerbs,
  turning: words(`
    no, nunca, jamás, nada, nadie, ninguno, ninguna, si, cuando, mientras, hasta, después, antes, porque, salvo,
    excepto, sin, aparte, quién, dice, dijo, preguntó, tarde, mañana, pronto, ayer, ya, todavía, cada
  `),
  links: ['y', 'luego', 'y luego', 'después'],
  plurals: (word) => (/[aeiouáéíóú]$/.test(word) ? [`${word}s`] : [`${word}es`]),
  letterSounds: { ñ: 'ny' },
  answers: {
    yes: words(`
      si, claro, vale, correcto, exacto, de acuerdo, por supuesto, ok, okay, hazlo, adelante, eso es, bueno
    `),
    clearYes: ['si', 'hazlo', 'adelante'],
    no: ['no', 'nunca', 'jamas', 'para', 'alto', 'espera', 'incorrecto'],
    cancel: ['cancela', 'cancelar', 'cancelalo', 'dejalo', 'olvidalo', 'da igual', 'no importa', 'para'],
    courtesy: ['gracias', 'por', 'favor'],
  },
  sentences: {
    confirm: (phrase) => `¿Quería decir «${phrase}»?`,
    expected: (hint) => `Se esperaba: ${hint}.`,
    yesOrNo: 'sí o no',
    sayYes: 'Diga «sí» con claridad.',
    which: (name) => `¿Qué valor: ${name}?`,
    howLong: '¿Cuánto tiempo?',
    or: 'o',
    unknownValue: (slot, said) => `No conozco «${said}» (${slot}).`,
    say: (values) => `Diga: ${values}.`,
    unknownBeside: (said) => `No puedo hacerlo con «${said}»; no hice nada.`,
  },
};
