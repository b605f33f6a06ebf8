import { expect, test } from 'vitest';
import { countdown, readHouse } from '../../web/house.ts';

const house = {
  rooms: { kitchen: { light: { on: true, level: 50, colour: 'warm white' }, blinds: 100 } },
  timer: { endsAt: '2030-01-01T00:05:00.000Z', label: 'tea' },
  scene: 'evening',
};

test('a house is read as it is', () => {
  expect(readHouse(house)).toEqual(house);
  expect(readHouse({ ...house, timer: null })!.timer).toBeNull();
});

test.each([
  ['nothing', undefined],
  ['a word', 'house'],
  ['a list', []],
  ['rooms that are none', { rooms: 3 }],
  ['null', null],
])('%s is no house', (_, value) => {
  expect(readHouse(value)).toBeUndefined();
});

test.each([
  [
    'a level above 100',
    { light: { on: true, level: 300, colour: 'red' }, blinds: -5 },
    { light: { on: true, level: 100, colour: 'red' }, blinds: 0 },
  ],
  [
    'a level that is no number',
    { light: { on: true, level: 'full' }, blinds: Number.NaN },
    { light: { on: true, level: 0, colour: '' }, blinds: 0 },
  ],
  ['a room without a light', {}, { light: { on: false, level: 0, colour: '' }, blinds: 0 }],
])('%s is shown within limits', (_, room, shown) => {
  expect(readHouse({ rooms: { kitchen: room } })!.rooms['kitchen']).toEqual(shown);
});

test.each([
  ['2030-01-01T00:05:00Z', '5:00'],
  ['2030-01-01T00:00:09.200Z', '0:10'],
  ['2030-01-01T00:00:00Z', '0:00'],
  ['2029-12-31T23:00:00Z', '0:00'],
  ['2030-01-01T01:02:03Z', '1:02:03'],
  ['no time', '0:00'],
])('a timer that ends at %s shows %s at midnight', (endsAt, shown) => {
  expect(countdown(endsAt, Date.parse('2030-01-01T00:00:00Z'))).toBe(shown);
});
