import { words } from '../words.ts';
import { formsOf, type FormsByEnd, type Requests } from './requests.ts';

const imperatives: FormsByEnd = [
  ['durre', 'duci', 'duca'],
  ['porre', 'poni', 'ponga'],
  ['trarre', 'trai', 'tragga'],
  ['gliere', 'gli', 'lga'],
  ['tenere', 'tieni', 'tenga'],
  ['venire', 'vieni', 'venga'],
  ['uscire', 'esci', 'esca'],
  ['care', 'ca', 'chi'],
  ['gare', 'ga', 'ghi'],
  ['iare', 'ia', 'i', 'ii'],
  ['are', 'a', 'i'],
  ['ere', 'i', 'a'],
  ['ire', 'i', 'a', 'isci', 'isca'],
];
/** Verbs with imperatives of their own; a pronoun behind the short one is doubled: "dimmi". */
const short: Readonly<Record<string, readonly [short: string, ...others: readonly string[]]>> = {
  fare: ['fa', 'fai', 'faccia'],
  dire: ['di', 'dica'],
  dare: ['da', 'dai', 'dia'],
  stare: ['sta', 'stai', 'stia'],
  andare: ['va', 'vai', 'vada'],
};

function imperativesOf(infinitive: string, pronoun: string): string[] {
  const own = Object.hasOwn(short, infinitive) ? short[infinitive]! : undefined;
  if (own) return pronoun === '' ? [...own] : [`${own[0]}${pronoun.startsWith('gl') ? '' : pronoun[0]!}${pronoun}`];
  return formsOf(infinitive, imperatives).map((form) => form + pronoun);
}

const start = words(`
  puoi, potresti, può, puo, potrebbe, mi puoi, mi potresti, mi può, mi potrebbe, ci puoi, ci potresti, riesci a,
  ti dispiacerebbe, ti dispiace, le dispiacerebbe, le dispiace
`);

/** Italian: "puoi accendere la luce". */
export const requests: Requests = {
  starts: [...start, ...start.map((way) => `${way} per favore`)],
  verb: 'first',
  imperatives(infinitive) {
    const [, verb, pronoun] = /^(\w+r)(?:re|e)?(mi|ci|lo|la|li|le|ne|gli)$/.exec(infinitive) ?? [];
    const plain = /(?:[aei]re|rre)$/.test(infinitive) ? imperativesOf(infinitive, '') : [];
    return verb === undefined ? plain : [...plain, ...imperativesOf(`${verb}e`, pronoun!)];
  },
};
