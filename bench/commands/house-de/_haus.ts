import { list } from 'heed';

/** The rooms of the house. */
export const area = list(['wohnzimmer', 'schlafzimmer', 'küche', 'flur', 'büro', 'bad', 'kinderzimmer']);
/** Single lamps, most of them as one word with their room. */
export const light = list([
  'stehlampe',
  'deckenlampe',
  'nachttischlampe',
  'küchenlicht',
  'flurlicht',
  'wohnzimmerlampe',
  'schreibtischlampe',
]);
export const device = list(['ventilator', 'kaffeemaschine', 'radio', { value: 'fernseher', say: ['fernseher', 'tv'] }]);
/** What opens and closes, by its kind; a command means everything of that kind in a room. */
export const cover = list([
  { value: 'rollladen', say: ['rollladen', 'rollläden', 'rollo', 'rollos'] },
  { value: 'vorhang', say: ['vorhang', 'vorhänge'] },
  { value: 'fenster', say: ['fenster'] },
  { value: 'jalousie', say: ['jalousie', 'jalousien'] },
  { value: 'garagentor', say: ['garagentor', 'garage'] },
]);
export const door = list(['haustür', 'hintertür', 'kellertür']);
export const color = list(['rot', 'grün', 'blau', 'gelb', 'orange', 'lila', 'weiß']);
export const script = list(['kinomodus', 'nachtmodus', 'partymodus']);

/** "Im Wohnzimmer", "in der Küche". */
export const im = '(im|in der|vom) {area}';
export const das = '(das|die|den|der|dem)';
/** What is said after the verb out of politeness: "mach bitte mal das Licht aus". */
export const mal = '[bitte] [mal]';
