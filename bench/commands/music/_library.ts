import { list } from 'heed';

/** The artists that the player has. */
export const artist = list([
  'the beatles',
  'queen',
  'adele',
  'miles davis',
  'taylor swift',
  'radiohead',
  'nina simone',
  'david bowie',
  'daft punk',
  'johann sebastian bach',
  'fleetwood mac',
  'bob marley',
]);
export const playlist = list([
  'workout',
  'road trip',
  'dinner',
  'focus',
  'party',
  'sunday morning',
  { value: 'favourites', say: ['favourites', 'favorites', 'favourite songs'] },
]);
export const genre = list(['jazz', 'rock', 'blues', 'soul', 'classical', 'country', 'hip hop', 'reggae', 'techno']);
