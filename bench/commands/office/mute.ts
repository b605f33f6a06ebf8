import { defineCommand, list } from 'heed';
import { person } from './_meeting.ts';

export default defineCommand({
  description: 'Mutes a participant, everybody or oneself.',
  phrases: [
    '{mute} [me|{person}|{all}|the microphone|the call]',
    'turn [the|my] {device} {on}',
    'turn {on} [the|my] {device}',
  ],
  slots: {
    mute: list([
      { value: true, say: ['mute'] },
      { value: false, say: ['unmute'] },
    ]),
    person,
    all: list([{ value: true, say: ['all', 'everybody', 'everyone'] }]),
    on: list([
      { value: true, say: ['on'] },
      { value: false, say: ['off'] },
    ]),
    device: list(['microphone', 'camera']),
  },
  examples: [
    { say: 'mute everybody', args: { mute: true, all: true } },
    { say: 'unmute Peter', args: { mute: false, person: 'peter' } },
    { say: 'turn off my camera', args: { on: false, device: 'camera' } },
  ],
  not: ['you are on mute', 'he is mute'],
  run: () => ({}),
});
