import { words } from '../words.ts';
import { formsOf, type FormsByEnd, type Requests } from './requests.ts';

const imperatives: FormsByEnd = [
  ['prendre', 'prends', 'prenez'],
  ['soudre', 'sous', 'solvez'],
  ['aindre', 'ains', 'aignez'],
  ['eindre', 'eins', 'eignez'],
  ['oindre', 'oins', 'oignez'],
  ['ompre', 'omps', 'ompez'],
  ['mettre', 'mets', 'mettez'],
  ['battre', 'bats', 'battez'],
  ['crire', 'cris', 'crivez'],
  ['suivre', 'suis', 'suivez'],
  ['vivre', 'vis', 'vivez'],
  ['duire', 'duis', 'duisez'],
  ['cuire', 'cuis', 'cuisez'],
  ['faire', 'fais', 'faites'],
  ['croire', 'crois', 'croyez'],
  ['boire', 'bois', 'buvez'],
  ['cevoir', 'cois', 'cevez'],
  ['lire', 'lis', 'lisez'],
  ['dire', 'dis', 'dites', 'disez'],
  ['rire', 'ris', 'riez'],
  ['dre', 'ds', 'dez'],
  ['tenir', 'tiens', 'tenez'],
  ['venir', 'viens', 'venez'],
  ['cueillir', 'cueille', 'cueillez'],
  ['vrir', 'vre', 'vrez'],
  ['frir', 'fre', 'frez'],
  ['courir', 'cours', 'courez'],
  ['dormir', 'dors', 'dormez'],
  ['servir', 'sers', 'servez', 'servis', 'servissez'],
  ['sortir', 'sors', 'sortez'],
  ['partir', 'pars', 'partez'],
  ['mentir', 'mens', 'mentez'],
  ['sentir', 'sens', 'sentez'],
  ['voir', 'vois', 'voyez'],
  ['ir', 'is', 'issez'],
  ['eler', 'ele', 'elle', 'elez'],
  ['eter', 'ete', 'ette', 'etez'],
  ['yer', 'ie', 'ye', 'yez'],
  ['er', 'e', 'ez'],
];

const start = words(`
  peux tu, pourrais tu, veux tu, voudrais tu, tu peux, tu pourrais, pouvez vous, pourriez vous, voulez vous,
  vous pouvez, vous pourriez, est ce que tu peux, est ce que tu pourrais, est ce que vous pouvez,
  est ce que vous pourriez
`);

/** French: "peux-tu allumer la lumière". */
export const requests: Requests = {
  starts: [...start, ...start.flatMap((way) => ['me', 'nous'].map((whom) => `${way} ${whom}`)), 'merci de', 'veuillez'],
  verb: 'first',
  imperatives: (infinitive) => (infinitive === 'aller' ? ['va', 'allez'] : formsOf(infinitive, imperatives)),
};
