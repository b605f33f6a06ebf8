import { words } from '../words.ts';
import type { Requests } from './requests.ts';

/** Stems with another vowel in the imperative. */
const changed: Readonly<Record<string, string>> = {
  nehm: 'nimm',
  geb: 'gib',
  les: 'lies',
  seh: 'sieh',
  helf: 'hilf',
  werf: 'wirf',
  brech: 'brich',
  sprech: 'sprich',
  gess: 'giss',
  mess: 'miss',
  treff: 'triff',
  tret: 'tritt',
  stehl: 'stiehl',
};

/** What stands at the end of a command: "mach … an". */
const particles = words(`
  ab, an, auf, aus, bei, durch, ein, fest, fort, frei, heraus, herauf, herein, herunter, hinauf, hinaus, hinein,
  hinunter, hinzu, hoch, los, mit, nach, nieder, raus, rauf, rein, runter, um, vor, weg, weiter, wieder, zu, zuruck,
  zusammen, bereit, bekannt, stumm, laut, leise, leiser, lauter, sauber
`);

function simple(infinitive: string): string[] {
  const stem = infinitive.replace(/e?n$/, '');
  if (stem === infinitive || stem.length < 2) return [];
  const end = Object.keys(changed).find((one) => stem.endsWith(one));
  const strong = end === undefined ? [] : [stem.slice(0, -end.length) + changed[end]!];
  return [...strong, stem, `${stem}e`, ...(/[^e]el$/.test(stem) ? [`${stem.slice(0, -2)}le`] : [])];
}

const start = words(`
  kannst du, könntest du, würdest du, magst du, können sie, könnten sie, würden sie, du kannst, du könntest
`);
const politeness = words(
  'bitte, mal, bitte mal, mal bitte, doch, doch bitte, doch mal, vielleicht, mir, uns, mir bitte',
);

/** German: "kannst du das Licht anmachen". */
export const requests: Requests = {
  starts: [...start, ...start.flatMap((way) => politeness.map((more) => `${way} ${more}`))],
  verb: 'last',
  imperatives: (infinitive) => [
    ...simple(infinitive),
    ...particles
      .filter((particle) => infinitive.startsWith(particle))
      .flatMap((particle) => simple(infinitive.slice(particle.length)).map((verb) => `${verb} ${particle}`)),
  ],
};
