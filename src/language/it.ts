import type { LanguageDefinition, Scale } from './language.ts';
import { requests } from './requests/it.ts';
import { dates, times } from './values/it.ts';
import { words } from './words.ts';

const small = words(`
  zero, uno, due, tre, quattro, cinque, sei, sette, otto, nove, dieci, undici, dodici, tredici, quattordici, quindici,
  sedici, diciassette, diciotto, diciannove
`);
const tens = words(', , venti, trenta, quaranta, cinquanta, sessanta, settanta, ottanta, novanta');

/** Italian writes a number below a million as one word. */
function spell(value: number): string[] {
  if (value === 1) return ['uno', 'un', 'una'];
  if (value < 20) return [small[value]!];
  if (value < 100) {
    const ten = tens[Math.floor(value / 10)]!;
    const one = value % 10;
    if (one === 0) return [ten];
    // The vowel is dropped: "ventuno", "ventotto".
    if (one === 1) return spell(1).map((end) => `${ten.slice(0, -1)}${end}`);
    if (one === 3) return [`${ten}tré`];
    return [`${one === 8 ? ten.slice(0, -1) : ten}${small[one]!}`];
  }
  const count = Math.floor(value / 100);
  const head = count === 1 ? 'cento' : `${small[count]!}cento`;
  if (value % 100 === 0) return [head];
  const ends = spell(value % 100);
  const short =
    value % 100 === 8 || Math.floor((value % 100) / 10) === 8 ? ends.map((end) => `${head.slice(0, -1)}${end}`) : [];
  return [...short, ...ends.map((end) => `${head}${end}`)];
}

const firsts = words('primo, secondo, terzo, quarto, quinto, sesto, settimo, ottavo, nono, decimo');

/** Returns the masculine forms of a place in a row. */
function ordinalStems(value: number): string[] {
  if (value <= 10) return [firsts[value - 1]!];
  if (value % 100 === 1) return ['unesimo', 'ounesimo'].map((end) => spell(value - 1)[0]!.replace(/o$/, end));
  if (value % 100 === 10) return [`${spell(value - 10)[0]!}decimo`];
  const ways = value === 1000 ? ['mille'] : spell(value).filter((way) => !/una?$/.test(way));
  const end = value % 10;
  return ways.map((way) =>
    end === 3 && value % 100 !== 13
      ? `${way.replace(/tré$/, 'tre')}esimo`
      : end === 6 && value % 100 !== 16
        ? `${way}esimo`
        : `${way.slice(0, -1)}esimo`,
  );
}

function ordinal(value: number): string[] {
  return ordinalStems(value).flatMap((way) => [
    way,
    way.replace(/o$/, 'a'),
    way.replace(/o$/, 'i'),
    way.replace(/o$/, 'e'),
  ]);
}

function parts(count: number): string[] {
  return count === 2 ? ['mezzo', 'mezzi', 'mezza', 'mezze', 'metà'] : ordinal(count);
}

const scale = (value: number, one: string, many: string): Scale => ({
  value,
  one: [`un ${one}`, one],
  words: [many, one],
});

/** Italian. */
export const italian: LanguageDefinition = {
  code: 'it',
  spell,
  scales: [
    { value: 1e3, one: ['mille'], words: ['mila'], isJoined: true },
    scale(1e6, 'milione', 'milioni'),
    scale(1e9, 'miliardo', 'miliardi'),
    scale(1e12, 'bilione', 'bilioni'),
  ],
  spellBefore: (value) => spell(value).map((way) => way.replace(/([a-z])uno$/, '$1un').replace(/tré$/, 'tre')),
  scaleLinks: ['e'],
  amounts: { dozzina: 12, dozzine: 12, decina: 10, decine: 10, ventina: 20, cinquantina: 50, centinaio: 100 },
  parts,
  ordinal,
  ordinalMarks: ['o', 'a', 'esimo', 'esima', 'mo', 'ma'],
  ordinalStarts: ['il', 'lo', 'la', "l'", 'i', 'gli', 'le'],
  articles: ['uno', 'un', 'una'],
  minus: ['meno'],
  point: ['virgola', 'punto'],
  decimalMarks: [',', '.'],
  percent: ['per cento', 'percento'],
  unitSigns: { $: ['dollari', 'dollaro'], '€': ['euro'], '£': ['sterline', 'sterlina'], '¥': ['yen'] },
  percentWords: {
    metà: 50,
    'la metà': 50,
    'a metà': 50,
    massimo: 100,
    'al massimo': 100,
    pieno: 100,
    'un quarto': 25,
    'tre quarti': 75,
  },
  units: {
    week: ['settimana', 'settimane'],
    day: ['giorno', 'giorni'],
    hour: ['ora', 'ore', 'h'],
    minute: ['minuto', 'minuti', 'min'],
    second: ['secondo', 'secondi', 'sec', 's'],
  },
  one: ["un'", 'un', 'una'],
  and: ['e'],
  beforeUnit: [
    ["mezz'", 0.5],
    ['mezza', 0.5],
    ['mezzo', 0.5],
    ["un quarto d'", 0.25],
    ["tre quarti d'", 0.75],
    ['un paio di', 2],
  ],
  afterNumber: [
    ['e mezzo', 0.5],
    ['e mezza', 0.5],
  ],
  afterUnit: [
    ['e mezza', 0.5],
    ['e mezzo', 0.5],
    ['e un quarto', 0.25],
    ['e tre quarti', 0.75],
  ],
  durations: { mezzora: 1800, 'una mezzora': 1800 },
  dates,
  times,
  fillers: ['eh', 'ehm', 'mmm', 'ah', 'uhm'],
  openings: ['ciao', 'ehi', 'ok', 'allora', 'bene', 'e', 'poi'],
  politeStart: words('per favore, per piacere, puoi, potresti, può, potrebbe, mi puoi, mi potresti'),
  politeEnd: ['per favore', 'per piacere', 'grazie', 'adesso', 'ora'],
  weak: words(`
    il, lo, la, l, i, gli, le, un, uno, una, di, del, della, dei, delle, dello, al, allo, alla, ai, alle, nel, nella,
    in, a, e, mio, mia, mi, per, favore, grazie
  `),
  critical: words(`
    non, no, mai, senza, tranne, eccetto, accendi, spegni, apri, chiudi, alza, abbassa, su, giù, avvia, ferma,
    blocca, sblocca, tutto, tutti, tutte, più, meno, se, perché
  `),
  requests,
  subjects: words('io, lui, lei, noi, voi, loro'),
  turning: words(`
    non, mai, niente, nessuno, nessuna, se, quando, finché, dopo, prima, mentre, perché, senza, tranne, eccetto,
    invece, domani, ieri, presto, tardi, già, ancora, chi, dice, disse, detto, chiese, ogni
  `),
  links: ['e', 'poi', 'e poi'],
  plurals: (word) =>
    /[oei]$/.test(word) ? [`${word.slice(0, -1)}i`] : word.endsWith('a') ? [`${word.slice(0, -1)}e`] : [],
  elisions: ['un', 'dell', 'nell', 'all', 'dall', 'sull', 'mezz', 'quest'],
  gluedUnits: ['ore', 'ora', 'minuti', 'minuto', 'secondi', 'giorni'],
  signs: { degree: 'gradi', ampersand: 'e', plusSign: 'più', sharp: 'diesis' },
  dialog: {
    places: [
      words('primo, prima, il primo, la prima, uno, numero uno, 1'),
      words('secondo, seconda, il secondo, la seconda, due, numero due, 2'),
      words('terzo, terza, il terzo, la terza, tre, numero tre, 3'),
    ],
    corrections: words(`
      no, no volevo dire, volevo dire, no intendevo, intendevo, non quello, non quella, scusa, anzi, no anzi
    `),
    again: words('di nuovo, ancora, ancora una volta, un altra volta, rifallo, ripetilo, fallo di nuovo'),
    planned: words("cosa è in programma, cos'è in programma, cosa hai in programma, mostra cosa è in programma"),
    unplan: words('annulla quello, annullalo, annulla questo, annulla il programma, cancella quello'),
  },
  answers: {
    yes: words(`
      sì, certo, certamente, va bene, d'accordo, ok, okay, esatto, giusto, fallo, procedi, volentieri, sicuro
    `),
    clearYes: ['sì', 'fallo', 'procedi'],
    no: ['no', 'non', 'mai', 'sbagliato', 'fermo', 'stop', 'aspetta'],
    cancel: words('annulla, annullare, lascia stare, lascia perdere, non importa, fa niente, stop, basta'),
    courtesy: ['grazie', 'per', 'favore', 'piacere'],
  },
  sentences: {
    confirm: (phrase) => `Intendeva «${phrase}»?`,
    expected: (hint) => `Mi aspettavo: ${hint}.`,
    yesOrNo: 'sì o no',
    sayYes: 'Dica chiaramente «sì».',
    tap: 'Confermi sullo schermo.',
    sayPin: 'Dica o digiti il PIN.',
    wrongPin: 'Non è il PIN.',
    which: (name) => `Quale valore: ${name}?`,
    howLong: 'Per quanto tempo?',
    or: 'o',
    unknownValue: (slot, said) => `Non conosco «${said}» (${slot}).`,
    say: (values) => `Dica: ${values}.`,
    unknownBeside: (said) => `Non posso farlo con «${said}»; non ho fatto nulla.`,
    atTime: (time) => `alle ${time}`,
    tomorrowAt: (time) => `domani alle ${time}`,
    onDayAt: (day, time) => `${day} alle ${time}`,
    planned: (list) => `In programma: ${list}.`,
    nothingPlanned: 'Non c’è niente in programma.',
    unplanned: (planned) => `Annullato: ${planned}.`,
  },
};
