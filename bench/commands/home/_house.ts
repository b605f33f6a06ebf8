import { list } from 'heed';

/** The areas of the house, by the names that people gave them. */
export const area = list(['kitchen', 'office', 'living room', 'bedroom', 'hallway']);
export const light = list(['bed light', 'standing light', 'desk lamp']);
/** What can be turned on and off. */
export const device = list([
  'bed light',
  'standing light',
  'desk lamp',
  'fan',
  { value: 'tv', say: ['TV', 'television'] },
]);
export const player = list([{ value: 'tv', say: ['TV', 'television'] }, 'speaker']);
export const cover = list(['sliding door', 'garage door', 'awning']);
/** Covers by their kind; a command means all covers of that kind in an area. */
export const coverKind = list([
  { value: 'window', say: ['windows'] },
  { value: 'curtain', say: ['curtains'] },
  { value: 'blind', say: ['blinds'] },
  { value: 'shutter', say: ['shutters'] },
]);
export const lock = list(['front door', 'back door']);
export const thermostat = list([{ value: 'ecobee', say: ['EcoBee'] }]);
export const sensor = list(['outdoor humidity', 'outdoor temperature']);
export const city = list([{ value: 'new york', say: ['New York'] }]);
export const script = list(['party time', 'good night', 'movie night']);
export const color = list(['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'white', 'turquoise']);

/** Returns where a handler would act: in an area, at a named device, or in the speaker's own area. */
export function placeOf({ area, name }: { area?: string | undefined; name?: string | undefined }): string {
  return name && area ? `${name} in the ${area}` : (name ?? area ?? 'here');
}
