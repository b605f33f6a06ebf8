import { words } from '../words.ts';
import type { Requests } from './requests.ts';

/** Verbs of one syllable, whose imperative is the infinitive. */
const short = words('ta, ge, ga, fa, se, be, bli, sla, sta, dra');

const start = words(`
  kan du, kan ni, vill du, vill ni, skulle du kunna, skulle ni kunna, skulle du vilja, skulle ni vilja,
  kan du vara snäll och, skulle du kunna vara snäll och, kan du vara vänlig och
`);

/** Swedish: "kan du tända ljuset". */
export const requests: Requests = {
  starts: [...start, ...start.map((way) => `${way} snälla`)],
  verb: 'first',
  imperatives(infinitive) {
    if (short.includes(infinitive)) return [infinitive];
    if (!/^\w{3,}a$/.test(infinitive)) return [];
    const stem = infinitive.slice(0, -1);
    return [infinitive, stem, ...(/mm$|nn$/.test(stem) ? [stem.slice(0, -1)] : [])];
  },
};
