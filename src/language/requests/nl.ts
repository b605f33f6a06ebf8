import { words } from '../words.ts';
import type { Requests } from './requests.ts';

/** What stands at the end of a command: "doe … aan". */
const particles = words(`
  aan, uit, op, af, in, toe, voor, mee, door, over, om, bij, weg, terug, open, dicht, los, vast, neer, omhoog, omlaag,
  binnen, buiten, samen, verder, hard, zacht, harder, zachter, klaar, stil, schoon, leeg, vol, na, rond
`);
/** Verbs that end in one vowel and "n". */
const short = ['doe', 'ga', 'sta', 'sla', 'zie'];

function simple(infinitive: string): string[] {
  const stem = infinitive.replace(/n$/, '');
  if (stem === infinitive) return [];
  if (short.includes(stem)) return [stem];
  if (!stem.endsWith('e') || stem.length < 4) return [];
  const root = stem.slice(0, -1).replace(/([^aeiou])\1$/, '$1');
  // "maken" is "maak", and "openen" is "open".
  const long = root.replace(/([^aeiou])([aeou])([^aeiouwxy])$/, '$1$2$2$3');
  return [...new Set([root, long])].map((one) => one.replace(/v$/, 'f').replace(/z$/, 's'));
}

const start = words('kun je, kan je, kun jij, kunt u, kan u, wil je, wilt u, zou je, zou u, kunnen jullie');
const politeness = words(
  'alsjeblieft, even, eens, misschien, even voor me, voor me, alsjeblieft even, even alsjeblieft',
);

/** Dutch: "kun je het licht aandoen". */
export const requests: Requests = {
  starts: [...start, ...start.flatMap((way) => politeness.map((more) => `${way} ${more}`))],
  verb: 'anywhere',
  helpers: ['willen', 'kunnen'],
  imperatives: (infinitive) => [
    ...simple(infinitive),
    ...particles
      .filter((particle) => infinitive.startsWith(particle))
      .flatMap((particle) => simple(infinitive.slice(particle.length)).map((verb) => `${verb} ${particle}`)),
  ],
};
