import { list } from 'heed';

/** Objects that the robot can find. */
export const object = list([
  'red box',
  'blue box',
  'green crate',
  'pallet',
  'bottle',
  'test tube',
  'screwdriver',
  { value: 'cube', say: ['cube', 'block'] },
  'tray',
]);
/** Places where the robot can go. */
export const place = list([
  'loading dock',
  'shelf one',
  'shelf two',
  'shelf three',
  { value: 'workbench', say: ['workbench', 'bench'] },
  'packing station',
  'entrance',
  'lab',
  'storage room',
]);
