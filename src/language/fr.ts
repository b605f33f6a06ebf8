import type { LanguageDefinition } from './language.ts';
import { words } from './words.ts';

const small = words(`
  zéro, un, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze, seize,
  dix sept, dix huit, dix neuf
`);
const tens = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante'];

function spell(value: number): string[] {
  if (value === 1) return ['un', 'une'];
  if (value < 20) return [small[value]!];
  if (value < 70) return belowSeventy(value);
  if (value < 80)
    return [value === 71 ? 'soixante et onze' : `soixante ${small[value - 60]!}`, ...regional('septante', value - 70)];
  if (value < 100) {
    const first = value === 80 ? ['quatre vingts', 'quatre vingt'] : [`quatre vingt ${small[value - 80]!}`];
    return [...first, ...(value < 90 ? regional('huitante', value - 80) : regional('nonante', value - 90))];
  }
  if (value < 1000) return hundreds(value);
  const count = Math.floor(value / 1000);
  const head = count === 1 ? 'mille' : `${spell(count)[0]!} mille`;
  return value % 1000 === 0 ? [head] : spell(value % 1000).map((rest) => `${head} ${rest}`);
}

function belowSeventy(value: number): string[] {
  const ten = tens[Math.floor(value / 10)]!;
  const one = value % 10;
  if (one === 0) return [ten];
  return one === 1 ? [`${ten} et un`, `${ten} et une`] : [`${ten} ${small[one]!}`];
}

function regional(ten: string, one: number): string[] {
  if (one === 0) return [ten];
  return one === 1 ? [`${ten} et un`] : [`${ten} ${small[one]!}`];
}

function hundreds(value: number): string[] {
  const count = Math.floor(value / 100);
  if (value % 100 === 0) return count === 1 ? ['cent'] : [`${small[count]!} cents`, `${small[count]!} cent`];
  const head = count === 1 ? 'cent' : `${small[count]!} cent`;
  return spell(value % 100).map((rest) => `${head} ${rest}`);
}

/** French. */
export const french: LanguageDefinition = {
  code: 'fr',
  spell,
  articles: ['un', 'une'],
  minus: ['moins'],
  point: ['virgule'],
  decimalMarks: [',', '.'],
  groupsDigits: true,
  percent: ['pour cent', 'pourcent', 'pourcents'],
  percentWords: {
    'la moitié': 50,
    moitié: 50,
    'à moitié': 50,
    maximum: 100,
    'au maximum': 100,
    plein: 100,
    'un quart': 25,
    'trois quarts': 75,
  },
  units: {
    hour: ['heure', 'heures', 'h'],
    minute: ['minute', 'minutes', 'min'],
    second: ['seconde', 'secondes', 's'],
  },
  one: ['une'],
  and: ['et'],
  beforeUnit: [
    ['une demi', 0.5],
    ['demi', 0.5],
    ["un quart d'", 0.25],
    ["trois quarts d'", 0.75],
  ],
  afterNumber: [
    ['et demi', 0.5],
    ['et demie', 0.5],
  ],
  afterUnit: [
    ['et demie', 0.5],
    ['et demi', 0.5],
    ['et quart', 0.25],
    ['et un quart', 0.25],
  ],
  fillers: ['euh', 'heu', 'hum', 'hein', 'ben', 'bah'],
  openings: ['hé', 'salut', 'ok', 'alors', 'bon', 'et', 'puis'],
  politeStart: words(`
    s'il te plaît, s'il vous plaît, peux tu, pourrais tu, tu peux, pouvez vous, pourriez vous, merci de
  `),
  politeEnd: ["s'il te plaît", "s'il vous plaît", 'maintenant'],
  weak: words(`
    le, la, les, l, un, une, des, du, de, à, au, aux, dans, et, merci, moi, mes, mon, ma
  `),
  critical: words(`
    ne, pas, jamais, non, sans, sauf, allume, éteins, ouvre, ferme, monte, baisse, arrête, démarre, tout, tous,
    toutes, plus, moins, si, pourquoi
  `),
  subjects: words(`je, il, elle, on, nous, ils, elles`),
  questions: words(`
    qui, que, quoi, quel, quelle, quels, quelles, quand, où, pourquoi, comment, combien, est, sont, a, ont, était
  `),
  turning: words(`
    ne, n, pas, jamais, rien, personne, aucun, aucune, si, sauf, quand, lorsque, dès, jusque, après, avant,
    pendant, parce, sans, excepté, hormis, pourquoi, qui, dit, disait, demandé, tard, demain, bientôt, hier, déjà,
    chaque
  `),
  links: ['et', 'puis', 'et puis', 'ensuite'],
  plurals: (word) => (/[sxz]$/.test(word) ? [] : [`${word}s`]),
  elisions: ['l', 'd', 'j', 'm', 't', 's', 'n', 'c', 'qu', 'jusqu'],
  letterSounds: { œ: 'e', ç: 's' },
  answers: {
    yes: words(`
      oui, ouais, si, daccord, bien sur, ok, okay, exact, exactement, vas y, allez y, fais le, faites le, cest ca,
      volontiers
    `),
    clearYes: ['oui', 'vas y', 'allez y', 'fais le', 'faites le'],
    no: ['non', 'pas', 'jamais', 'faux', 'arrete', 'stop', 'attends', 'surtout pas'],
    cancel: words(`
      annule, annuler, annulez, laisse tomber, laissez tomber, oublie, oublie ca, tant pis, stop, arrete
    `),
    courtesy: ['merci', 'sil', 'te', 'vous', 'plait'],
  },
  sentences: {
    confirm: (phrase) => `Vouliez-vous dire « ${phrase} » ?`,
    expected: (hint) => `Réponse attendue : ${hint}.`,
    yesOrNo: 'oui ou non',
    sayYes: 'Dites clairement « oui ».',
    which: (name) => `Quelle valeur : ${name} ?`,
    howLong: 'Combien de temps ?',
    or: 'ou',
    unknownValue: (slot, said) => `Je ne connais pas « ${said} » (${slot}).`,
    say: (values) => `Dites : ${values}.`,
    unknownBeside: (said) => `Je ne sais pas faire cela avec « ${said} » ; je n'ai rien fait.`,
  },
};
