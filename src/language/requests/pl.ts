import { words } from '../words.ts';
import type { Requests } from './requests.ts';

/** Imperatives that follow no rule, by the end of their infinitive. */
const irregular: Readonly<Record<string, string>> = {
  znalezc: 'znajdz',
  wziac: 'wez',
  zaczac: 'zacznij',
  slac: 'slij',
  pisac: 'pisz',
  kazac: 'kaz',
  grzac: 'grzej',
  powiedziec: 'powiedz',
  pomniec: 'pomnij',
  isc: 'idz',
  byc: 'badz',
};

function imperativesOf(infinitive: string): string[] {
  const own = Object.keys(irregular).find((verb) => infinitive.endsWith(verb));
  const stem = infinitive.slice(0, -1);
  const regular = stem.endsWith('owa')
    ? [`${stem.slice(0, -3)}uj`]
    : stem.endsWith('na')
      ? [`${stem.slice(0, -1)}ij`, stem.slice(0, -1)]
      : stem.endsWith('a')
        ? [`${stem}j`]
        : /[iy]$/.test(stem)
          ? [stem.slice(0, -1), `${stem.slice(0, -1)}ij`]
          : stem.endsWith('s')
            ? [stem]
            : [];
  return own === undefined ? regular : [...regular, infinitive.slice(0, -own.length) + irregular[own]!];
}

const start = words(`
  czy możesz, możesz, czy mógłbyś, mógłbyś, czy mogłabyś, mogłabyś, czy może pan, może pan, czy może pani, może pani,
  czy mógłby pan, mógłby pan, czy mogłaby pani, mogłaby pani
`);
const polite = start.flatMap((way) => [way, ...words('mi, proszę, mi proszę').map((more) => `${way} ${more}`)]);

/** Polish: "czy możesz włączyć światło". */
export const requests: Requests = {
  starts: [...polite, ...polite.map((way) => `proszę ${way}`), 'proszę', 'proszę mi'],
  verb: 'first',
  imperatives: (infinitive) => (/^\w{2,}c$/.test(infinitive) ? imperativesOf(infinitive) : []),
};
