import type { LanguageDefinition, Scale } from './language.ts';
import { requests } from './requests/pt.ts';
import { dates, times } from './values/pt.ts';
import { words } from './words.ts';

const small = words(`
  zero, um, dois, três, quatro, cinco, seis, sete, oito, nove, dez, onze, doze, treze, catorze, quinze, dezesseis,
  dezessete, dezoito, dezenove
`);
const tens = words(', , vinte, trinta, quarenta, cinquenta, sessenta, setenta, oitenta, noventa');
const hundreds = words(`
  , cento, duzentos, trezentos, quatrocentos, quinhentos, seiscentos, setecentos, oitocentos, novecentos
`);
/** Other forms: feminine ones, those of Portugal, and "meia" for six. */
const others: Readonly<Record<number, string[]>> = {
  1: ['uma'],
  2: ['duas'],
  14: ['quatorze'],
  16: ['dezasseis'],
  17: ['dezassete'],
  19: ['dezanove'],
};

function spell(value: number): string[] {
  if (value < 20) return [small[value]!, ...(others[value] ?? [])];
  if (value < 100) return withRest([tens[Math.floor(value / 10)]!], value % 10);
  if (value === 100) return ['cem'];
  const named = hundreds[Math.floor(value / 100)]!;
  return withRest([named, ...(named.endsWith('os') ? [named.replace(/os$/, 'as')] : [])], value % 100);
}

function withRest(heads: readonly string[], rest: number): string[] {
  return rest === 0 ? [...heads] : heads.flatMap((head) => spell(rest).map((end) => `${head} e ${end}`));
}

const firsts = words('primeiro, segundo, terceiro, quarto, quinto, sexto, sétimo, oitavo, nono');
const ordinalTens = words(`
  décimo, vigésimo, trigésimo, quadragésimo, quinquagésimo, sexagésimo, septuagésimo, octogésimo, nonagésimo
`);
const ordinalHundreds = words(`
  centésimo, ducentésimo, trecentésimo, quadringentésimo, quingentésimo, sexcentésimo, septingentésimo,
  octingentésimo, nongentésimo
`);

function ordinalParts(value: number): string[] {
  if (value === 1000) return ['milésimo'];
  const [hundred, ten, one] = [Math.floor(value / 100), Math.floor((value % 100) / 10), value % 10];
  const parts = [ordinalHundreds[hundred - 1], ordinalTens[ten - 1], firsts[one - 1]];
  return parts.filter((part) => part !== undefined);
}

function ordinal(value: number): string[] {
  const way = ordinalParts(value).join(' ');
  return ['a', 'os', 'as'].reduce((ways, end) => [...ways, way.replace(/o(?= |$)/g, end)], [way]);
}

function parts(count: number): string[] {
  if (count === 2) return ['meio', 'meios', 'meia', 'meias', 'metade'];
  if (count === 3) return ['terço', 'terços'];
  return count <= 10 || count % 10 === 0
    ? ordinal(count)
    : spell(count).flatMap((way) => [`${way} avos`, `${way} avo`]);
}

const scale = (value: number, one: string, many: string): Scale => ({
  value,
  one: [`um ${one}`, one],
  words: [many, one],
});

/** Portuguese, as it is counted in Brazil; the forms of Portugal are understood too. */
export const portuguese: LanguageDefinition = {
  code: 'pt',
  spell,
  scales: [
    { value: 1e3, one: ['mil', 'um mil'], words: ['mil'] },
    scale(1e6, 'milhão', 'milhões'),
    scale(1e9, 'bilhão', 'bilhões'),
    scale(1e12, 'trilhão', 'trilhões'),
  ],
  spellBefore: (value) => spell(value),
  scaleLinks: ['e'],
  amounts: { dúzia: 12, dúzias: 12, dezena: 10, dezenas: 10, centena: 100, centenas: 100 },
  parts,
  ordinal,
  ordinalMarks: ['o', 'a', 'os', 'as'],
  ordinalStarts: ['o', 'a', 'os', 'as'],
  articles: ['um', 'uma'],
  minus: ['menos'],
  point: ['vírgula', 'ponto'],
  decimalMarks: [',', '.'],
  percent: ['por cento', 'porcento'],
  unitSigns: { $: ['dólares', 'dólar'], '€': ['euros', 'euro'], '£': ['libras', 'libra'], '¥': ['ienes', 'iene'] },
  percentWords: {
    metade: 50,
    'a metade': 50,
    'pela metade': 50,
    máximo: 100,
    'no máximo': 100,
    'ao máximo': 100,
    cheio: 100,
    'um quarto': 25,
    'três quartos': 75,
  },
  units: {
    week: ['semana', 'semanas'],
    day: ['dia', 'dias'],
    hour: ['hora', 'horas', 'h'],
    minute: ['minuto', 'minutos', 'min'],
    second: ['segundo', 'segundos', 'seg', 's'],
  },
  one: ['uma', 'um'],
  and: ['e'],
  beforeUnit: [
    ['meia', 0.5],
    ['meio', 0.5],
    ['um quarto de', 0.25],
    ['três quartos de', 0.75],
    ['um par de', 2],
  ],
  afterNumber: [
    ['e meia', 0.5],
    ['e meio', 0.5],
  ],
  afterUnit: [
    ['e meia', 0.5],
    ['e meio', 0.5],
    ['e um quarto', 0.25],
  ],
  dates,
  times,
  fillers: ['eh', 'hum', 'ah', 'hã'],
  openings: ['oi', 'olá', 'ei', 'ok', 'bom', 'então', 'e', 'agora'],
  politeStart: ['por favor', 'pode', 'poderia', 'você pode', 'você poderia', 'podes', 'podias'],
  politeEnd: ['por favor', 'agora'],
  weak: words(`
    o, a, os, as, um, uma, uns, umas, de, do, da, dos, das, no, na, nos, nas, em, ao, à, e, meu, minha, por, favor,
    obrigado, obrigada
  `),
  critical: words(`
    não, nunca, sem, exceto, menos, acende, acenda, apaga, apague, liga, ligue, desliga, desligue, abre, abra, fecha,
    feche, sobe, desce, aumenta, diminui, para, pare, começa, tudo, todos, todas, mais, se, porquê
  `),
  requests,
  subjects: words('eu, ele, ela, nós, eles, elas, você, vocês'),
  turning: words(`
    não, nunca, jamais, nada, ninguém, nenhum, nenhuma, se, quando, enquanto, até, depois, antes, porque, exceto, sem,
    quem, diz, disse, perguntou, tarde, amanhã, logo, ontem, já, ainda, cada
  `),
  links: ['e', 'depois', 'e depois', 'e então'],
  plurals: (word) => (/[aeiouãõáéíóú]$/.test(word) ? [`${word}s`] : [`${word}es`]),
  letterSounds: { ã: 'an', õ: 'on' },
  signs: { degree: 'graus', ampersand: 'e', plusSign: 'mais', sharp: 'sustenido' },
  dialog: {
    places: [
      words('primeiro, primeira, o primeiro, a primeira, um, número um, 1'),
      words('segundo, segunda, o segundo, a segunda, dois, número dois, 2'),
      words('terceiro, terceira, o terceiro, a terceira, três, número três, 3'),
    ],
    corrections: words(`
      não, não quis dizer, quis dizer, não eu quis dizer, eu quis dizer, não esse, não essa, desculpa, aliás
    `),
    again: words('de novo, outra vez, mais uma vez, novamente, faz de novo, faça de novo, repete, repita'),
    planned: words('o que está programado, o que está agendado, o que tem programado, mostra o que está programado'),
    unplan: words('cancela isso, cancele isso, cancela isto, cancela o último, cancela o que está programado'),
  },
  answers: {
    yes: words(`
      sim, claro, certo, isso, exato, exatamente, com certeza, pode ser, ok, okay, faz isso, faça isso, pode fazer
    `),
    clearYes: ['sim', 'faz isso', 'faça isso', 'pode fazer'],
    no: ['não', 'nunca', 'jamais', 'errado', 'para', 'pare', 'espera', 'espere'],
    cancel: ['cancela', 'cancelar', 'cancele', 'esquece', 'esqueça', 'deixa', 'deixa pra lá', 'não importa'],
    courtesy: ['obrigado', 'obrigada', 'por', 'favor'],
  },
  sentences: {
    confirm: (phrase) => `Quis dizer “${phrase}”?`,
    expected: (hint) => `Esperava: ${hint}.`,
    yesOrNo: 'sim ou não',
    sayYes: 'Diga “sim” claramente.',
    tap: 'Confirme na tela.',
    sayPin: 'Diga ou digite o PIN.',
    wrongPin: 'Esse não é o PIN.',
    which: (name) => `Qual valor: ${name}?`,
    howLong: 'Por quanto tempo?',
    or: 'ou',
    unknownValue: (slot, said) => `Não conheço “${said}” (${slot}).`,
    say: (values) => `Diga: ${values}.`,
    unknownBeside: (said) => `Não posso fazer isso com “${said}”; não fiz nada.`,
    atTime: (time) => `às ${time}`,
    tomorrowAt: (time) => `amanhã às ${time}`,
    onDayAt: (day, time) => `${day} às ${time}`,
    planned: (list) => `Programado: ${list}.`,
    nothingPlanned: 'Não há nada programado.',
    unplanned: (planned) => `Cancelado: ${planned}.`,
  },
};
