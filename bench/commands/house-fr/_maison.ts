import { list } from 'heed';

/** The areas of the house, by the names that people gave them. */
export const area = list(['bureau', 'salon', 'chambre', 'cuisine', 'premier étage', 'rez-de-chaussée']);
export const light = list(['lumière du plafond', 'lampe de chevet']);
/** What can be turned on and off. */
export const device = list(['ventilateur de plafond', { value: 'tv', say: ['TV', 'télé', 'télévision'] }, 'nestor']);
export const lock = list(['entrée', "porte d'entrée"]);
/** Covers by their kind; a command means all covers of that kind in an area. */
export const cover = list([
  'rideau gauche',
  { value: 'volet', say: ['volet', 'volets'] },
  { value: 'store', say: ['store', 'stores'] },
  { value: 'rideau', say: ['rideau', 'rideaux'] },
  { value: 'auvent', say: ['auvent', 'auvents'] },
  { value: 'banne', say: ['banne', 'bannes'] },
  { value: 'fenêtre', say: ['fenêtre', 'fenêtres'] },
  { value: 'porte', say: ['porte', 'portes'] },
  { value: 'portail', say: ['portail', 'portails'] },
  { value: 'porte de garage', say: ['porte de garage', 'portes de garage'] },
]);
export const media = list(['musique', 'chanson', 'vidéo', 'film', 'épisode', 'radio', 'média', 'lecture']);
export const color = list(['rouge', 'orange', 'jaune', 'vert', 'bleu', 'violet', 'rose', 'blanc', 'marron', 'noir']);
export const script = list(['mode partie', 'mode discret', 'mode cinéma']);

/** "dans le Bureau", "du Salon", "de la Chambre". */
export const dans = '(dans|de|du) [le|la] {area}';
