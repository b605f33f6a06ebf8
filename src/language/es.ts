import type { LanguageDefinition } from './language.ts';
import { dates, times } from './values/es.ts';
import { things } from './values/things/es.ts';
import { requests } from './requests/es.ts';
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
  if (value === 21) return ['veintiuno', 'veintiún', 'veintiuna', ...spell(1).map((one) => `veinte y ${one}`)];
  if (value > 15 && value < 30 && value !== 20)
    return [small[value]!, `${value < 20 ? 'diez' : 'veinte'} y ${small[value % 10]!}`];
  if (value < 30) return [small[value]!];
  if (value < 100) {
    const ten = tens[Math.floor(value / 10)]!;
    return value % 10 === 0 ? [ten] : spell(value % 10).map((one) => `${ten} y ${one}`);
  }
  if (value === 100) return ['cien'];
  const named = hundreds[Math.floor(value / 100)]!;
  return [named, ...(named.endsWith('os') ? [named.replace(/os$/, 'as')] : [])].flatMap((head) =>
    value % 100 === 0 ? [head] : spell(value % 100).map((rest) => `${head} ${rest}`),
  );
}

/** Returns the forms that go in front of "mil": "veintiún", not "veintiuno". */
function spellBefore(value: number): string[] {
  return spell(value).filter((way) => !/uno$/.test(way));
}

const firsts = words('primero, segundo, tercero, cuarto, quinto, sexto, séptimo, octavo, noveno');
const ordinalTens = words(`
  décimo, vigésimo, trigésimo, cuadragésimo, quincuagésimo, sexagésimo, septuagésimo, octogésimo, nonagésimo
`);
const ordinalHundreds = words(`
  centésimo, ducentésimo, tricentésimo, cuadringentésimo, quingentésimo, sexcentésimo, septingentésimo,
  octingentésimo, noningentésimo
`);

/** Returns the masculine forms of a place in a row. */
function ordinalStems(value: number): string[] {
  if (value === 1000) return ['milésimo'];
  if (value >= 100) {
    const head = ordinalHundreds[Math.floor(value / 100) - 1]!;
    return value % 100 === 0 ? [head] : ordinalStems(value % 100).map((rest) => `${head} ${rest}`);
  }
  const one = firsts[(value % 10) - 1];
  if (value < 10) return value === 7 ? [one!, 'sétimo'] : value === 9 ? [one!, 'nono'] : [one!];
  const ten = ordinalTens[Math.floor(value / 10) - 1]!;
  if (one === undefined) return [ten];
  const joined = value < 30 ? [`${ten.normalize('NFD').replace(/\p{M}/gu, '')}${one}`.replace('oo', 'o')] : [];
  return [...joined, `${ten} ${one}`, ...(value === 11 ? ['undécimo'] : value === 12 ? ['duodécimo'] : [])];
}

function ordinal(value: number): string[] {
  return ordinalStems(value).flatMap((way) => [
    way,
    way.replace(/o$/, 'a').replace(/o /g, 'a '),
    `${way}s`,
    `${way.replace(/o$/, 'a').replace(/o /g, 'a ')}s`,
    ...(/(?:primer|tercer)o$/.test(way) ? [way.slice(0, -1)] : []),
  ]);
}

function parts(count: number): string[] {
  if (count === 2) return ['medio', 'medios', 'media', 'medias', 'mitad'];
  if (count === 3) return ['tercio', 'tercios', 'tercera', 'terceras'];
  const named = count <= 10 || count % 100 === 0 ? ordinal(count) : [];
  const plain = (count === 1000 ? ['mil'] : spell(count)).filter((way) => !/una?$/.test(way));
  const avos = plain.map((way) => way.replace(/ /g, '').replace(/[ao]$/, ''));
  return [...named, ...[...avos, ...plain].flatMap((way) => [`${way}avo`, `${way}avos`])];
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
  dates,
  times,
  things,
  spell,
  scales: [
    { value: 1e3, one: ['mil', 'un mil'], words: ['mil'] },
    { value: 1e6, one: ['un millón', 'millón'], words: ['millones', 'millón'] },
    { value: 1e12, one: ['un billón', 'billón'], words: ['billones', 'billón'] },
  ],
  spellBefore,
  scaleLinks: ['y'],
  shortScales: { k: 1e3, mill: 1e6 },
  amounts: { docena: 12, docenas: 12, dz: 12, decena: 10, decenas: 10 },
  over: ['sobre'],
  parts,
  ordinal,
  ordinalMarks: ['o', 'a', 'er', 'ero', 'era', 'do', 'da', 'ro', 'ra', 'to', 'ta', 'mo', 'ma', 'vo', 'va', 'no', 'na'],
  ordinalStarts: ['el', 'la', 'los', 'las'],
  articles: ['uno', 'un', 'una'],
  minus: ['menos', 'negativo'],
  point: ['coma', 'punto', 'con'],
  decimalMarks: [',', '.'],
  percent: ['por ciento', 'porciento', 'por cien'],
  unitSigns: {
    $: ['dólares', 'dólar', 'pesos'],
    '€': ['euros', 'euro'],
    '£': ['libras', 'libra'],
    '¥': ['yenes', 'yen'],
  },
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
    week: ['semana', 'semanas'],
    day: ['día', 'días'],
    hour: ['hora', 'horas', 'h', 'hr', 'hrs'],
    minute: ['minuto', 'minutos', 'min', 'mins'],
    second: ['segundo', 'segundos', 's', 'seg', 'segs'],
  },
  one: ['una', 'un'],
  and: ['y', 'con'],
  beforeUnit: [
    ['media', 0.5],
    ['medio', 0.5],
    ['cuarto de', 0.25],
    ['un cuarto de', 0.25],
    ['un par de', 2],
    ['par de', 2],
    ['otra', 1],
    ['otro', 1],
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
  durations: {
    'hora y media': 5400,
    'hora y cuarto': 4500,
    'todo el día': 86_400,
    'un día entero': 86_400,
    'toda la semana': 604_800,
    'una semana entera': 604_800,
  },
  fillers: ['eh', 'em', 'este', 'mmm', 'ah'],
  openings: ['hola', 'oye', 'ok', 'vale', 'bueno', 'pues', 'y', 'entonces'],
  politeStart: ['por favor', 'puedes', 'podrías', 'puede', 'podría'],
  politeEnd: ['por favor', 'ahora'],
  weak: words(`
    el, la, los, las, un, una, unos, unas, de, del, a, al, en, y, mi, mis, gracias, favor, por
  `),
  critical: words(`
    no, nunca, sin, salvo, excepto, enciende, apaga, abre, cierra, sube, baja, para, empieza, todo, todos, todas,
    más, menos, si, porqué, podías, podía
  `),
  directions: words(`
    izquierda, derecha, izquierdo, derecho, primero, primera, primer, último, última, siguiente, anterior, próximo,
    próxima, pasado, pasada, alto, bajo, alta, baja, fuerte, débil, claro, oscuro, caliente, frío, rápido, lento,
    despacio, deprisa, grande, pequeño, largo, corto, mayor, menor, máximo, mínimo, arriba, abajo, dentro, fuera,
    interior, exterior, adelante, atrás, delante, detrás, encima, debajo, norte, sur, este, oeste, mañana, tarde, noche,
    mediodía, medianoche, hoy, ayer, antes, después, temprano, lunes, martes, miércoles, jueves, viernes, sábado,
    domingo, enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre,
    público, privado, entrante, saliente, entrada, salida, pausa, silencio, marcha, espera, nuevo, vez,
    revés
  `),
  verbs: words(`
    enciend/encend, apag, abr, cierr/cerr, sub, baj, pon, quit, met, sac, activ, desactiv, aument, increment,
    disminuy/disminu, reduc, inici, empiez/empez, comienz/comenz, par, detén/deten, paus, reanud, continú/continu,
    sig/segu, reproduc, toc, lee, escuch, mir, ver, salt, repit/repet, silenci, añad, agreg, elimin, borr,
    vací/vaci, llen, limpi, aspir, lav, sec, ilumin, atenú/atenu, calient/calent, enfrí/enfri, bloque, desbloque,
    enchuf, desenchuf, conect, desconect, carg, descarg, instal, desinstal, mont, desmont, envi, mand, recib,
    llam, cuelg/colg, descuelg, contest, acept, rechaz, permit, prohíb/prohib, compart, public, escond, ocult,
    muestr/mostr, amplí/ampli, gir, avanz, retroced, and, corr, ven, vuelv/volv, regres, trae, llev, coj/cog, tom,
    suelt/solt, levant, agarr, despeg, aterriz, pid/ped, compr, vend, pag, reserv, alquil, cancel, confirm, invit,
    despiert/despert, duerm/dorm, cocin, hierv/herv, horn, prepar, mezcl, rieg/reg, aliment, busc,
    encuentr/encontr, comprueb/comprob, revis, marc, desmarc, termin, acab, guard, archiv, restaur, orden, filtr,
    compar, conviert, traduc, cuent/cont, mid, calcul, dibuj, program, planific, aplaz, anunci, dec, pregunt,
    habl, grit, cant, alarg, acort, enroll, desenroll, dobl, desdobl, apriet/apret, afloj, infl, desinfl, insert,
    expuls, incluy/inclu, excluy/exclu, suscrib, cubr, descubr, import, export, cifr, descifr, arm, desarm, entr,
    sal, asciend, desciend/descend, vist, desvist, gan, pierd/perd, prest, acel, aceler, fren, desaceler, empuj,
    tir, lanz, atrap, escrib, recuerd/record, olvid, cambi, sustituy, pint, cort, abroch, desabroch, tap, destap,
    plieg/pleg, despliegu/despleg, at, desat, cos, fij
  `),
  changingVerbs: words(`
    par, detén/deten, cancel, borr, elimin, quit, paus, reanud, termin, acab, alarg, acort, aument, increment,
    disminuy/disminu, reduc
  `),
  generalVerbs: words(`
    pon, pong, toc, reproduc, reproduzc, haz/hac/hag, da/d, inici, empiez/empez, lanz, abr, muestr/mostr, escuch,
    oír, oye, ver, v, ejecut, tra, quier
  `),
  definites: words(`el, la, los, las, este, esta, estos, estas`),
  states: words('en pausa, en marcha, en silencio, en espera, en reposo'),
  possessives: words(`mi, mis, nuestro, nuestra, nuestros, nuestras`),
  verbForms: (stem) =>
    ['', 'a', 'e', 'ar', 'er', 'ir', 'as', 'es', 'an', 'en', 'ad', 'ed', 'id', 'ando', 'iendo', 'ue', 'ua', 'uir'].map(
      (ending) => stem + ending,
    ),
  turningPrefixes: words(`des, de, dis, in, im, re, en, em, ex, sub, sobre, ante, contra, anti, pre, bi, mal`),
  beforeNumbers: words(`a, al, en, de, por, para, hasta, desde, con, sobre, hacia, dentro, antes, después`),
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
  requests,
  links: ['y', 'luego', 'y luego', 'después'],
  plurals: (word) => (/[aeiouáéíóú]$/.test(word) ? [`${word}s`] : [`${word}es`]),
  signs: { degree: 'grados', ampersand: 'y', plusSign: 'más', sharp: 'sostenido' },
  letterSounds: { ñ: 'ny' },
  dialog: {
    places: [
      words('primero, primera, el primero, la primera, uno, una, número uno, 1'),
      words('segundo, segunda, el segundo, la segunda, dos, número dos, 2'),
      words('tercero, tercera, el tercero, la tercera, tres, número tres, 3'),
    ],
    corrections: words(
      'no, no quería decir, quería decir, no quise decir, quise decir, digo, no digo, eso no, perdón, mejor',
    ),
    again: words(
      'otra vez, de nuevo, una vez más, hazlo otra vez, hazlo de nuevo, repítelo, repite eso, lo mismo otra vez',
    ),
    planned: words('qué está planeado, qué está programado, qué hay programado, muestra lo programado'),
    unplan: words('cancela eso, cancélalo, cancela el último, cancela lo programado'),
  },
  captions: words(`
    subtítulos realizados por la comunidad de amara org, subtítulos por la comunidad de amara org, gracias por ver el
    video, suscríbete
  `),
  answers: {
    yes: words(`
      sí, claro, vale, correcto, exacto, de acuerdo, por supuesto, ok, okay, hazlo, adelante, eso es, bueno
    `),
    clearYes: ['sí', 'hazlo', 'adelante'],
    no: ['no', 'nunca', 'jamás', 'para', 'alto', 'espera', 'incorrecto'],
    cancel: ['cancela', 'cancelar', 'cancélalo', 'déjalo', 'olvídalo', 'da igual', 'no importa', 'para'],
    courtesy: ['gracias', 'por', 'favor'],
  },
  sentences: {
    confirm: (phrase) => `¿Quería decir «${phrase}»?`,
    expected: (hint) => `Se esperaba: ${hint}.`,
    yesOrNo: 'sí o no',
    sayYes: 'Diga «sí» con claridad.',
    tap: 'Confírmelo en la pantalla.',
    sayPin: 'Diga o escriba el PIN.',
    wrongPin: 'Ese no es el PIN.',
    which: (name) => `¿Qué valor: ${name}?`,
    howLong: '¿Cuánto tiempo?',
    or: 'o',
    unknownValue: (slot, said) => `No conozco «${said}» (${slot}).`,
    say: (values) => `Diga: ${values}.`,
    unknownBeside: (said) => `No puedo hacerlo con «${said}»; no hice nada.`,
    atTime: (time) => `a las ${time}`,
    tomorrowAt: (time) => `mañana a las ${time}`,
    onDayAt: (day, time) => `el ${day} a las ${time}`,
    planned: (list) => `Programado: ${list}.`,
    nothingPlanned: 'No hay nada programado.',
    unplanned: (planned) => `Cancelado: ${planned}.`,
  },
};
